import process from 'node:process';

/** `npm run test:endurance`: everything that `npm test` leaves out or runs in a short form. */
process.env.RINGBACK_EXTENT = 'full';
process.argv.push('--project', 'endurance', '--project', 'browser', '--project', 'packaging');
await import('./test.ts');
