export { apsManufacturing } from './connector.ts';
