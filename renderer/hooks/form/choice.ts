/** A suggested value: the provider's code and its title. */
export interface Choice {
  readonly value: string;
  readonly title: string;
  /** The group that it belongs to, where there are several. */
  readonly of?: string;
  /** The system that it belongs to, where several have the same code. */
  readonly system?: string;
}

/** The unique value of its option, because several systems may have events of the same code. */
export function optionOf({ value, system }: Choice): string {
  return system === undefined ? value : `${system} ${value}`;
}

/** The codes of selected options, and the system of the first one that has one. */
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

/** The code of a title; any other text unchanged. */
export function codeOf(text: string, choices: readonly Choice[]): string {
  const wanted = text.trim().toLowerCase();
  const known =
    choices.find(({ value }) => value.toLowerCase() === wanted) ??
    choices.find(({ title }) => title.toLowerCase() === wanted);
  return known?.value ?? text;
}
