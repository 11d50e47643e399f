export { accessMessages } from './access.ts';
export { describeInput } from './input.ts';
