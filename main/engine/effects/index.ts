export { type Effect, type Effects, startEffects } from './effects.ts';
