export { connectionChecks, type GeneralCheckOptions, generalChecks } from './checks.ts';
export { createDoctor, type Doctor } from './doctor.ts';
export { hookChecks } from './hook-checks.ts';
export { doctorMethods } from './methods.ts';
export { createTestDeliveries, type TestDeliveries } from './test-delivery.ts';
