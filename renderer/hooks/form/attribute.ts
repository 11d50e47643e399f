import type { Hook } from '../../../preload/contract/index.ts';

/** Parses a JSON object; undefined for an empty text, null for anything else. */
export function attributeIn(text: string): NonNullable<Hook['attribute']> | undefined | null {
  if (text.trim() === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as NonNullable<Hook['attribute']>)
      : null;
  } catch {
    return null;
  }
}

export function attributeText(attribute: Hook['attribute']): string {
  return attribute ? JSON.stringify(attribute, null, 2) : '';
}
