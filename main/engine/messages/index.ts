export { defineMessages, type Message, type MessageParameters, referenceOf } from './message.ts';
