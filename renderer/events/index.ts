export { putArrived } from './event-pages.ts';
export { FirstSteps } from './first-steps.tsx';
export { EventsPage } from './page.ts';
export { prettyJson } from './pretty-json.ts';
export { eventsTexts } from './texts.en.ts';
