/**
 * Words that must not occur in identifiers, comments and strings, with the word to use. A word counts in any of its
 * listed forms, alone or as a part of a compound name (`createHookHealer` contains `healer`).
 */
export const bannedWords: readonly { readonly words: string; readonly use: string }[] = [
  { words: 'mourn mourned mourning grief', use: 'failure notification' },
  { words: 'estate heir heirs twin twins', use: 'credential state, owner, duplicate' },
  { words: 'impostor misnomer', use: 'non-file response, extension mismatch' },
  { words: 'embellish embellished', use: 'enrich' },
  { words: 'sealed unsealed vault', use: 'encrypted, secret store' },
  { words: 'likeness doubled', use: 'content hash, dual-registered' },
  { words: 'chapter chapters', use: 'batch, group' },
  { words: 'attended untold', use: 'monitored, unreported' },
  { words: 'patience', use: 'timeout' },
  { words: 'gathering', use: 'debounce' },
  { words: 'heal heals healed healer healing mend mends mended mending', use: 'reconcile, repair' },
  { words: 'proof prove proves proved proven proving', use: 'signature verification, integrity check' },
  { words: 'tidy tidies tidied tidying', use: 'prune, clean up' },
  { words: 'silence silenced', use: 'inactivity' },
  { words: 'tour', use: 'walkthrough' },
  { words: 'anew', use: 'again' },
  { words: 'manieth', use: 'attempt number' },
  { words: 'begun', use: 'started' },
  { words: 'underway poked', use: 'in progress, rerun requested' },
  { words: 'refusal refusals', use: 'rejection' },
];

/** Expressions of several words, matched the same way: `atOnce` and "at once" are the same two words. */
export const bannedPhrases: readonly { readonly phrase: string; readonly use: string; readonly in: 'names' | 'all' }[] =
  [
    { phrase: 'young garbage', use: 'stale temporary files', in: 'all' },
    { phrase: 'stand in', use: 'simulator, fake server', in: 'all' },
    { phrase: 'stand ins', use: 'simulators, fake servers', in: 'all' },
    { phrase: 'so long as', use: 'while', in: 'all' },
    { phrase: 'asked for', use: 'requested', in: 'all' },
    { phrase: 'ask again', use: 'retry', in: 'all' },
    { phrase: 'asked again', use: 'retried', in: 'all' },
    { phrase: 'at once', use: 'batch size, concurrency', in: 'names' },
    { phrase: 'in turn', use: 'serial', in: 'names' },
    { phrase: 'in turns', use: 'serial', in: 'names' },
  ];

/** Names and texts that stay because something outside the sources relies on them. */
export const allowedWords: readonly { readonly text: string; readonly because: string }[] = [
  { text: 'silence.list', because: 'contract method' },
  { text: 'hooks.healing', because: 'contract method' },
];
