import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { english } from './texts.en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof english };
  }
}

/** English is available immediately; other languages are loaded when selected. */
const resources = { en: { translation: english } };

/** Uses the requested language where the window has it, otherwise English. */
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
