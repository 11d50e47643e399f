const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });

/** 42 → "42%", as the user's system writes it. */
export function percentText(whole: number): string {
  return percent.format(whole / 100);
}
