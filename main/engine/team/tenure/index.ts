export { PublishingElsewhere, type TenureOptions } from './options.ts';
export { createTenure, type Tenure } from './tenure.ts';
export { termBucket } from './term.ts';
