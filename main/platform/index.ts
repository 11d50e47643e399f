export { hasDisplay } from './display.ts';
export { createDoNotDisturbQuestion } from './do-not-disturb.ts';
export { readMachine } from './machine.ts';
export { createMeteredQuestion } from './metered.ts';
export { type BusCall, callBus } from './session-bus.ts';
export { startWakeWatch } from './wake-watch.ts';
export { createWindowFiles, windowHeaders } from './window-files.ts';
