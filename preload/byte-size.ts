const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** "1.8 GB": decimal units, as in file managers, in the language of `locale`, otherwise of the system. */
export function formatByteSize(bytes: number, locale?: string): string {
  let value = bytes;
  let step = 0;
  while (value >= 999.5 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  const format = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 || value >= 99.95 ? 0 : 1,
    useGrouping: false,
  });
  return format.format(value);
}
