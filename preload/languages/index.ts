export {
  type MessageCatalogue,
  type MessageParameters,
  type MessageText,
  translate,
} from './catalogue.ts';
export { createFormats, type Formats } from './format.ts';
export { chooseLanguage, type Language, languages } from './language.ts';
export { called, joinParts, titleWithName } from './phrases.ts';
export { proxyRules } from './proxy-rules.ts';
