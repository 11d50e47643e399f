import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { strings } from './strings.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof strings };
  }
}

/** English for now; the words are bundled, so this is ready at once. */
export function createTranslation() {
  const translation = createInstance();
  void translation.use(initReactI18next).init({
    lng: 'en',
    resources: { en: { translation: strings } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return translation;
}
