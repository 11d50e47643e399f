let chosen: string | undefined;

/** The locale of dates and numbers; undefined for that of the system. */
export function currentLocale(): string | undefined {
  return chosen;
}

export function setLocale(locale: string | undefined): void {
  chosen = locale;
}

/** A formatter for the current locale, created once for each. */
export function perLocale<T>(create: (locale: string | undefined) => T): () => T {
  const known = new Map<string | undefined, T>();
  return () => {
    const formatter = known.get(chosen) ?? create(chosen);
    known.set(chosen, formatter);
    return formatter;
  };
}
