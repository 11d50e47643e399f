import process from 'node:process';

/** `npm run test:endurance`: the endurance tests and those of the window in their full form; `npm test` runs the short one. */
process.env.RINGBACK_ENDURANCE = 'full';
process.argv.push('--project', 'endurance', '--project', 'browser');
await import('./test.ts');
