export { putArrived } from './event-pages.ts';
export { EventsPage } from './events-page.tsx';
export { prettyJson } from './pretty-json.ts';
export { eventsTexts } from './texts.en.ts';
