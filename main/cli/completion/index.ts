export { type Candidate, knownCandidates, placeAfter, valueName } from './candidates.ts';
export { hostCandidates } from './host-candidates.ts';
export { completionScripts } from './scripts.ts';
