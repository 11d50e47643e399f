import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { english } from './texts.en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof english };
  }
}

/** English is ready at once; other languages are added when they are chosen. */
const resources = { en: { translation: english } };

/** Uses the language asked for where the window has it, else English. */
export function createTranslation(language = 'en') {
  const translation = createInstance();
  void translation.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources,
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return translation;
}
