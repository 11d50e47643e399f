import type { i18n } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, type Language } from '../preload/languages/index.ts';
import { setLocale } from './locale.ts';
import { setMessages } from './message-text.ts';
import { useSettings } from './queries.ts';

/** Loaded on demand; English is part of the page. */
const languages = {
  nl: async () => {
    const [{ dutch }, { dutchMessages }] = await Promise.all([
      import('./languages/nl/index.ts'),
      import('../preload/languages/nl/index.ts'),
    ]);
    return { texts: dutch, messages: dutchMessages };
  },
  de: async () => {
    const [{ german }, { germanMessages }] = await Promise.all([
      import('./languages/de/index.ts'),
      import('../preload/languages/de/index.ts'),
    ]);
    return { texts: german, messages: germanMessages };
  },
};

/** Uses the language of the settings, or the system's. */
export function useWindowLanguage(): void {
  const { i18n: translation } = useTranslation();
  const settings = useSettings().data;
  const choice = settings?.language;
  const isKnown = settings !== undefined;
  useEffect(() => {
    if (isKnown) void applyLanguage(translation, chooseLanguage(choice, navigator.languages));
  }, [translation, choice, isKnown]);
}

async function applyLanguage(translation: i18n, language: Language): Promise<void> {
  const loaded = language === 'en' ? undefined : await languages[language]();
  if (loaded) translation.addResourceBundle(language, 'translation', loaded.texts);
  setMessages(loaded?.messages ?? {});
  setLocale(navigator.languages.find((tag) => tag.toLowerCase().startsWith(language)) ?? language);
  document.documentElement.lang = language;
  await translation.changeLanguage(language);
}
