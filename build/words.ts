/**
 * Words that must not occur in identifiers, comments and strings, with what to write instead. Each counts as a whole
 * word and as a part of a compound name: `createTwinList` contains `twin`, and `atOnce` is "at once".
 */
export const bannedWords: readonly { readonly words: readonly string[]; readonly use: string }[] = [
  { words: ['mourn', 'mourned', 'mourning', 'mourns', 'grief'], use: 'failure notification' },
  { words: ['estate', 'heir', 'heirs', 'twin', 'twins'], use: 'credential state, owner, duplicate' },
  { words: ['impostor', 'misnomer'], use: 'non-file response, extension mismatch' },
  { words: ['embellish', 'embellished', 'embellishes'], use: 'enrich' },
  { words: ['sealed', 'unseal', 'unsealed', 'vault'], use: 'encrypted, decrypt, secret store' },
  { words: ['likeness', 'doubled'], use: 'content hash, dual-registered' },
  { words: ['chapter', 'chapters'], use: 'batch, group' },
  { words: ['attended', 'untold'], use: 'monitored, unreported' },
  { words: ['patience'], use: 'timeout' },
  { words: ['gathering'], use: 'debounce' },
  { words: ['heal', 'heals', 'healed', 'healer', 'healing'], use: 'reconcile, repair' },
  { words: ['mend', 'mends', 'mended', 'mending'], use: 'repair' },
  {
    words: ['proof', 'prove', 'proves', 'proved', 'proven', 'proving'],
    use: 'signature verification, integrity check',
  },
  { words: ['tidy', 'tidies', 'tidied', 'tidying'], use: 'prune, clean up' },
  { words: ['silence', 'silences', 'silenced'], use: 'inactivity' },
  { words: ['tour', 'trial'], use: 'walkthrough, demo, test delivery' },
  { words: ['story', 'stories'], use: 'group, summary' },
  { words: ['anew', 'so long as', 'manieth', 'begun'], use: 'again, while, attempt number, started' },
  { words: ['underway', 'poked'], use: 'in progress, rerun requested' },
  { words: ['refusal', 'refusals'], use: 'rejection' },
  { words: ['young garbage'], use: 'stale temporary files' },
  { words: ['stand in', 'stand ins'], use: 'simulator, fake server' },
];

/** A name that stays because something outside the sources relies on it: as a whole text, with `files` in any text there. */
interface AllowedWord {
  readonly name: string;
  readonly because: string;
  readonly files?: readonly string[];
}

export const allowedWords: readonly AllowedWord[] = [
  { name: 'hooks.healing', because: 'a contract method' },
  { name: 'healing', because: 'a contract field of hooks' },
  { name: 'silence', because: 'a contract domain, a topic of changes, a doctor check and a stored setting' },
  { name: 'silence.list', because: 'a contract method' },
  { name: 'silence.set', because: 'a contract method' },
  { name: 'silenced', because: 'a stored column' },
  { name: 'proving', because: 'a contract state of downloads' },
  { name: 'lastProven', because: 'a contract field of backup accounts' },
  { name: 'backups.tidy', because: 'a contract method' },
  { name: 'vault', because: 'a contract field of the status' },
  { name: 'patienceHours', because: 'a setting' },
  { name: 'patienceHoursHelp', because: 'the text beside that setting' },
  { name: 'settings.patienceHours', because: 'the text beside that setting' },
  { name: 'settings.patienceHoursHelp', because: 'the text beside that setting' },
  { name: 'backups.patienceHours', because: 'that setting, as a path' },
  { name: 'RINGBACK_BACKUPS_PATIENCE_HOURS', because: 'the variable of that setting' },
  { name: 'twinUrn', because: "a scope of Autodesk's" },
  { name: 'sealed', because: 'a field of stored connections' },
  { name: 'misnomer', because: 'a field of stored backups and of the manifest beside a file' },
  { name: 'mournedAt', because: 'a field of hooks stored by earlier versions' },
  { name: 'untold', because: 'a stored state of jobs' },
  { name: 'attended', because: 'a stored table' },
  { name: 'RINGBACK_TOUR', because: 'an environment variable' },
  {
    name: 'attended',
    because: 'a stored table',
    files: ['main/engine/storage/schema.ts', 'main/engine/storage/tables/recoveries.ts'],
  },
  { name: 'untold', because: 'a stored state of jobs', files: ['main/engine/storage/tables/jobs.ts'] },
  { name: 'RINGBACK_TOUR', because: 'an environment variable', files: ['main/headless/environment.ts'] },
  { name: 'misnomer', because: 'the text of the manifest', files: ['test/engine/backups/backups.test.ts'] },
];
