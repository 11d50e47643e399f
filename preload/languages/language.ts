/** The languages of Ringback. */
export const languages = ['en', 'nl', 'de'] as const;

export type Language = (typeof languages)[number];

/** The user's choice, or with "system" the first of the system's languages that Ringback supports; English without one. */
export function chooseLanguage(choice: string | undefined, system: readonly string[]): Language {
  const wanted = choice === undefined || choice === 'system' ? system : [choice];
  for (const tag of wanted) {
    const known = languages.find((language) => language === tag.toLowerCase().split(/[-_]/)[0]);
    if (known) return known;
  }
  return 'en';
}
