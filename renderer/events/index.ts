export { prettyJson } from './detail/pretty-json.ts';
export { EventIcon } from './event-icon.tsx';
export { putArrived } from './event-pages.ts';
export { FirstSteps } from './first-steps.tsx';
export { isBeginning } from './next-step.ts';
export { EventsPage } from './page.ts';
export { eventsTexts } from './texts.en.ts';
