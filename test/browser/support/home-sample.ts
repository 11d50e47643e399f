import { account, downloading } from './backup-sample.ts';
import { busySample, type Sample } from './sample.ts';

/** Events of two weeks, more on some days than on others. */
export function weeksOfEvents(): Sample {
  const sample = busySample(300);
  for (const [index, event] of sample.events.entries()) {
    event.receivedAt = new Date(Date.now() - ((index * 37) % 300) * ((index % 5) + 1) * 800_000).toISOString();
  }
  sample.accounts = [account(), account({ connection: 'connection-1', name: 'Plant viewer', running: downloading })];
  return sample;
}
