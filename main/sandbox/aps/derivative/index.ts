export { createDerivative } from './derivative.ts';
export { type TranslationOrder, Translations } from './translations.ts';
