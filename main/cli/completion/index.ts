export { type Candidate, knownCandidates, placeOf, valueName } from './candidates.ts';
export { hostCandidates } from './host-candidates.ts';
export { completionScripts } from './scripts.ts';
export { expandHome, unquote } from './typed-words.ts';
