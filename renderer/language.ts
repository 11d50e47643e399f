import type { i18n } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, type Language, languages } from '../preload/languages/index.ts';
import { setLocale } from './locale.ts';
import { setMessages } from './message-text.ts';
import { useSettings } from './queries.ts';

/** Loaded on demand; English is part of the page. */
const loaders = {
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

/** Where a browser remembers the language in which the window was last shown. */
const storageKey = 'ringback-language';

/**
 * Sets the language until the settings are loaded: the last one, or else the system's, so that nothing is shown in English
 * first. Stays English where the language cannot be loaded.
 */
export async function startLanguage(translation: i18n): Promise<void> {
  const last = languages.find((language) => language === localStorage.getItem(storageKey));
  await applyLanguage(translation, last ?? chooseLanguage(undefined, navigator.languages)).catch(() => {});
}

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
  const loaded = language === 'en' ? undefined : await loaders[language]();
  if (loaded) translation.addResourceBundle(language, 'translation', loaded.texts);
  setMessages(loaded?.messages ?? {});
  setLocale(navigator.languages.find((tag) => tag.toLowerCase().startsWith(language)) ?? language);
  document.documentElement.lang = language;
  localStorage.setItem(storageKey, language);
  await translation.changeLanguage(language);
}
