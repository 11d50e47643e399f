export { apsWebhooks } from './connector.ts';
