export { createDataManagement } from './data-management.ts';
