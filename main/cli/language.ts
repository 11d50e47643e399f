import { chooseLanguage, type Language, translate } from '../../preload/languages/index.ts';
import { translateMessage } from '../engine/messages/index.ts';
import { findRunningHost } from './find-host.ts';
import { germanCommandMessages } from './languages/de/index.ts';
import { dutchCommandMessages } from './languages/nl/index.ts';
import type { CommandProcess, Say } from './terminal.ts';

/** Milliseconds to wait for the host's language. */
const timeout = 500;

const catalogues = { nl: dutchCommandMessages, de: germanCommandMessages } as const;

/**
 * The language of the first variable that is set, as for other commands: LC_ALL, LC_MESSAGES, LANG. If none is set, as on
 * Windows, the one chosen in the settings of the running host, or else the system's.
 */
export async function languageOf(words: readonly string[], process: CommandProcess): Promise<Language> {
  const { LC_ALL, LC_MESSAGES, LANG } = process.environment;
  const named = LC_ALL || LC_MESSAGES || LANG;
  if (named) return chooseLanguage('system', [named.replace(/[.@].*/, '')]);
  const choice = await languageOfHost(dataFolderIn(words), process).catch(() => undefined);
  return chooseLanguage(choice, [Intl.DateTimeFormat().resolvedOptions().locale]);
}

async function languageOfHost(folder: string | undefined, process: CommandProcess): Promise<string | undefined> {
  const signal = AbortSignal.any([process.signal, AbortSignal.timeout(timeout)]);
  const host = await findRunningHost(folder, process, signal);
  return (await host?.ask('settings.get', {}, signal))?.language;
}

/** The data folder given in these arguments. */
export function dataFolderIn(words: readonly string[]): string | undefined {
  const option = '--data-dir';
  const at = words.findLastIndex((word) => word === option || word.startsWith(`${option}=`));
  const word = words[at];
  return word === option ? words[at + 1] : word?.slice(option.length + 1);
}

export function sayIn(language: Language): Say {
  return (message) => {
    if (typeof message === 'string' || language === 'en') return typeof message === 'string' ? message : message.text;
    return translate(catalogues[language], message) ?? translateMessage(language, message, message.text);
  };
}
