export { SinkSection } from './sink-section.tsx';
export { sinkTexts } from './texts.en.ts';
