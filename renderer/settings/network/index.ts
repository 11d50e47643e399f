export { NetworkSection } from './network-section.tsx';
export { networkTexts } from './texts.en.ts';
