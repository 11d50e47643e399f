export { createMeteredQuestion } from './metered.ts';
export { startWakeWatch } from './wake-watch.ts';
export { createWindowFiles, windowHeaders } from './window-files.ts';
