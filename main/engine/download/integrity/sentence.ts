const longestSentence = 200;

/** The first text among them, short enough to be shown; "" where there is none. */
export function sentence(candidates: readonly unknown[]): string {
  const first = candidates.find((value) => typeof value === 'string' && value.trim() !== '');
  if (typeof first !== 'string') return '';
  // A link may grant access to what it names.
  const shown = first
    .trim()
    .slice(0, 4 * longestSentence)
    .replace(/(https?:\/\/[^\s/"'<>]+)[^\s"'<>]*/gi, '$1');
  return shown
    .replace(/\s+/g, ' ')
    .slice(0, longestSentence)
    .replace(/(?<!\.)\.+$/, '')
    .trim();
}
