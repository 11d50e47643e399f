import process from 'node:process';

/** `npm run test:endurance`: the endurance tests in their full form; `npm test` runs the short one. */
process.env.RINGBACK_ENDURANCE = 'full';
process.argv.push('--project', 'endurance');
await import('./test.ts');
