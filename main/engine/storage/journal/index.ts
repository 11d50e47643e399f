export { AnsweredDeliveries, type AnsweringOptions, type Delivered, type Storing } from './answered-deliveries.ts';
