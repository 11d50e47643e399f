export { type AutoflexOptions, type AutoflexSandbox, startAutoflex } from './autoflex.ts';
