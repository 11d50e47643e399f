import type { Hook } from '../../../preload/contract/index.ts';

/** The JSON object in a text; undefined for an empty text, null where it is anything else. */
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
