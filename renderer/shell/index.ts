export { createAnnouncer, createOutcomeReporter } from './announcer.ts';
export { Frame, preloadPage } from './frame.tsx';
export { HostGate } from './host-gate.tsx';
export { shellTexts } from './texts.en.ts';
