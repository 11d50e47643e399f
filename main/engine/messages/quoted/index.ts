export { escapeMarkup } from './escape-markup.ts';
export { maskAddresses } from './mask-addresses.ts';
export { maskHeaders, maskLinks, maskQuoted, maskSecrets } from './mask-secrets.ts';
export { shorten, shownText } from './shown-text.ts';
