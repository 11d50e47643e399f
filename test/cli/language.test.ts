import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { languages } from '../../preload/languages/index.ts';
import { openBellHost } from '../support/bell-host.ts';
import { openControl, runCommand, startCommand } from '../support/command.ts';
import { freePort } from '../support/free-port.ts';
import { temporaryFolder, until } from '../support/temporary.ts';

/** The first sentence of the help, by which its language is told. */
const beginnings = { en: 'Webhooks of', nl: 'Webhooks van', de: 'Webhooks von' } as const;

async function languageOfHelp(environment: Readonly<Record<string, string>>, folder?: string): Promise<string> {
  const { code, out } = await runCommand(['--help'], { environment, ...(folder ? { folder } : {}) });
  expect(code).toBe(0);
  return languages.find((language) => out.includes(beginnings[language])) ?? out;
}

test.each([
  [{ LANG: 'nl_NL.UTF-8' }, 'nl'],
  [{ LANG: 'de_AT@euro' }, 'de'],
  [{ LANG: 'nl' }, 'nl'],
  [{ LANG: 'nl_NL', LC_MESSAGES: 'de_DE.UTF-8' }, 'de'],
  [{ LANG: 'nl_NL', LC_MESSAGES: 'de_DE', LC_ALL: 'en_GB.UTF-8' }, 'en'],
  [{ LANG: 'de_DE.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'de_DE.UTF-8', LC_ALL: '' }, 'de'],
  [{ LANG: 'fr_FR.UTF-8' }, 'en'],
])('with %j the language is %s', async (environment, language) => {
  expect(await languageOfHelp(environment)).toBe(language);
});

test('where no variable says a language, the choice in the settings of the host counts', async () => {
  const { host } = await openBellHost();
  const folder = await openControl(host);
  await host.ask('settings.set', { language: 'de' });
  expect(await languageOfHelp({ LANG: '' }, folder)).toBe('de');
  expect(await languageOfHelp({ LANG: 'nl_NL.UTF-8' }, folder)).toBe('nl');
  const named = await runCommand(['hooks', `--data-dir=${folder}`, '--help'], { environment: { LANG: '' } });
  expect(named.out).toContain('Verwendung: ringback hooks');
});

test('help has its headings, choices and defaults in the language, and commands and options stay as they are', async () => {
  const { out } = await runCommand(['events', 'export', '--help'], { environment: { LANG: 'de_DE.UTF-8' } });
  expect(out).toContain('Verwendung: ringback events export [Optionen]');
  expect(out).toContain('Optionen:');
  const oneLine = out.replace(/\s+/g, ' ');
  expect(oneLine).toContain('--format <format> wie sie ausgegeben werden (zur Wahl: ndjson, csv; Standard: ndjson)');
  expect(oneLine).toContain('--outcome <outcome> nur solche mit diesem Ergebnis (zur Wahl: success, failed, info)');
  expect(out).not.toMatch(/\b(Options|choices|default|Usage|display)\b/);
});

test('where options and a command may stand is said in the language, in the usage and in the list of commands', async () => {
  const all = await runCommand(['--help'], { environment: { LANG: 'nl_NL.UTF-8' } });
  expect(all.out).toContain('Gebruik: ringback [opties] [opdracht]');
  expect(all.out).toMatch(/^ {2}up \[opties\]/m);
  expect(all.out).toMatch(/^ {2}help \[opdracht\]/m);
  const english = await runCommand(['hooks', '--help'], { environment: { LANG: 'en_US.UTF-8' } });
  expect(english.out).toContain('Usage: ringback hooks [options] [command]');
  for (const { out } of [all, await runCommand(['hooks', '--help'], { environment: { LANG: 'de_DE.UTF-8' } })])
    expect(out).not.toMatch(/\[(options|command)\]/);
});

const wrong: readonly [words: readonly string[], english: string, dutch: string][] = [
  [['hooks', 'ls', '--nonsense'], 'There is no option --nonsense.', 'De optie --nonsense bestaat niet.'],
  [['hoks'], 'There is no command "hoks". Did you mean hooks?', 'De opdracht "hoks" bestaat niet. Bedoelde je hooks?'],
  [['hooks', 'rm'], 'The argument <hook> is missing.', 'Het argument <hook> ontbreekt.'],
  [['hooks', 'ls', '--connection'], 'The option --connection <connection> needs a value.', 'heeft een waarde nodig.'],
  [['team', 'create', 'x'], 'The option --server <address> is required.', 'De optie --server <address> is verplicht.'],
  [['status', 'x'], '1 instead of none.', '1 in plaats van geen.'],
  [['hooks', 'rm', 'x', 'y'], '2 instead of 1 at most.', '2 in plaats van hoogstens 1.'],
  [
    ['events', 'ls', '--outcome', 'good'],
    '--outcome <outcome> cannot be "good". Choose one of: success, failed, info',
    '--outcome <outcome> kan niet "good" zijn. Kies uit: success, failed, info',
  ],
  [['completion', 'sh'], '<shell> cannot be "sh". Choose one of: bash', '<shell> kan niet "sh" zijn. Kies uit: bash'],
  [['events', 'ls', '--limit', '0', '--data-dir', 'x'], '--limit must be', '--limit moet een getal boven 0 zijn'],
];

test.each(wrong)('%j is wrong usage, said in the language', async (words, english, dutch) => {
  for (const [lang, text] of [
    ['C.UTF-8', english],
    ['nl_BE.UTF-8', dutch],
  ] as const) {
    const { code, out, error } = await runCommand(words, { environment: { LANG: lang } });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain(text);
    expect(error).not.toMatch(/^error/);
  }
});

test('why a host cannot start is said in the language', async () => {
  const folder = await temporaryFolder();
  const errorOf = async (variables: Readonly<Record<string, string>>): Promise<string> => {
    const environment = { LANG: 'de_DE.UTF-8', ...variables };
    const { code, error } = await startCommand(['up'], { folder, environment }).ended;
    expect(code).toBe(1);
    return error;
  };
  expect(await errorOf({ RINGBACK_SANDBOX: 'yes' })).toBe('RINGBACK_SANDBOX muss 1 oder 0 sein, nicht "yes".\n');
  expect(await errorOf({ RINGBACK_RETENTION_DAYS: 'zero' })).toContain('Der Wert von RINGBACK_RETENTION_DAYS');
  await writeFile(join(folder, 'file'), '');
  expect(await errorOf({ RINGBACK_DATA_DIR: join(folder, 'file') })).toMatch(/^Der Datenordner /);
});

test('lists, states, notes and problems of the host are in the language, and JSON stays the same', async () => {
  const { host } = await openBellHost();
  const folder = await openControl(host);
  const run = (words: readonly string[], lang: string) => runCommand(words, { folder, environment: { LANG: lang } });

  const german = await run(['hooks', 'ls'], 'de_DE.UTF-8');
  expect(german.out).toMatch(/^ID +STATUS +EIGENER +EREIGNIS +BEOBACHTET$/m);
  expect(german.out).toMatch(/ aktiv +ja +ring/);
  const status = await run(['status'], 'nl_NL.UTF-8');
  expect(status.out).toMatch(/^Tunnel +werkt {2}http/m);
  expect(status.out).toMatch(/^Hooks +1 van 1 actief$/m);
  expect((await run(['jobs', 'ls'], 'nl_NL.UTF-8')).error).toBe('Er zijn geen taken.\n');
  const missing = await run(['hooks', 'rm', 'none'], 'de_DE.UTF-8');
  expect(missing).toMatchObject({ code: 2 });
  expect(missing.error).toBe('Es gibt keinen Hook "none". Zeigen Sie die Liste an mit: ringback hooks ls\n');
  const gone = await run(['events', 'get', '999'], 'de_DE.UTF-8');
  expect(gone).toMatchObject({ code: 1, error: 'Dieses Ereignis gibt es nicht mehr.\n' });
  const doctor = await run(['doctor'], 'nl_NL.UTF-8');
  expect(doctor.out).toContain('Ontvanger: Luistert op poort');

  for (const words of [['hooks', 'ls'], ['connections', 'ls'], ['status']]) {
    const [english, other] = await Promise.all(['en_US', 'de_DE'].map((lang) => run([...words, '--json'], lang)));
    expect(other?.json()).toEqual(english?.json());
  }
});

test('what the host rejects, and why a handler was not reached, is said in the language', async () => {
  const { host, ring } = await openBellHost();
  const folder = await openControl(host);
  const environment = { LANG: 'de_DE.UTF-8', HOOK: 'ftp://example.com' };
  const sink = ['notify', 'add', 'webhook', '--secret', 'url=HOOK'];
  expect(await runCommand(sink, { folder, environment })).toMatchObject({
    code: 2,
    error: '„target.url“ muss eine http- oder https-Adresse sein, etwa http://localhost:3000/callback.\n',
  });
  await ring({ name: 'one' });
  const id = await until(async () => (await host.ask('events.list', {})).events[0]?.id);
  expect(
    await runCommand(['resend', id, '--to', `http://127.0.0.1:${await freePort()}/`], { folder, environment }),
  ).toMatchObject({
    code: 1,
    out: `${id}  → Verbindung abgelehnt\n`,
  });
});
