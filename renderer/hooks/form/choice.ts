/** A likely answer: the provider's code, and what people call it. */
export interface Choice {
  readonly value: string;
  readonly title: string;
  /** What it belongs to, where the answers belong to several. */
  readonly of?: string;
  /** The system that it belongs to, where the same code exists in several. */
  readonly system?: string;
}

/** The value of its option: several systems have events of the same code. */
export function optionOf({ value, system }: Choice): string {
  return system === undefined ? value : `${system} ${value}`;
}

/** The codes that options stand for, and the system of the first that names its own. */
export function chosenFrom(
  options: readonly string[],
  choices: readonly Choice[],
): { readonly codes: readonly string[]; readonly system: string | undefined } {
  const known = new Map(choices.map((choice) => [optionOf(choice), choice]));
  const systems = options.flatMap((option) => known.get(option)?.system ?? []);
  return { codes: [...new Set(options.map((option) => known.get(option)?.value ?? option))], system: systems[0] };
}

export function titlesOf(choices: readonly Choice[]): ReadonlyMap<string, string> {
  return new Map(choices.map(({ value, title }) => [value, title]));
}

/** The code that a typed text means: that of a title, else the text itself. */
export function codeOf(text: string, choices: readonly Choice[]): string {
  const wanted = text.trim().toLowerCase();
  const known =
    choices.find(({ value }) => value.toLowerCase() === wanted) ??
    choices.find(({ title }) => title.toLowerCase() === wanted);
  return known?.value ?? text;
}
