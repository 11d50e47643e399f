/** A likely answer: the provider's code, and what people call it. */
export interface Choice {
  readonly value: string;
  readonly title: string;
  /** What it belongs to, where the answers belong to several. */
  readonly of?: string;
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
