import type { MessageReference } from '../../../preload/contract/index.ts';
import { germanMessages } from '../../../preload/languages/de/index.ts';
import { type Language, type MessageCatalogue, translate } from '../../../preload/languages/index.ts';
import { dutchMessages } from '../../../preload/languages/nl/index.ts';

const catalogues: Readonly<Record<Exclude<Language, 'en'>, MessageCatalogue>> = {
  nl: dutchMessages,
  de: germanMessages,
};

/** A message in this language; the English text where there is none. */
export function translateMessage(language: Language, reference: MessageReference | undefined, english: string): string {
  if (language === 'en' || reference === undefined) return english;
  return translate(catalogues[language], reference) ?? english;
}
