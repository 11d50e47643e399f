export { autoflex } from './connector.ts';
