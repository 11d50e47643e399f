export { maskAddresses } from './mask-addresses.ts';
export { shorten, shownText } from './shown-text.ts';
