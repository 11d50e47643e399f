import { expect, test } from 'vitest';
import { hostCandidates } from '../../main/cli/completion/host-candidates.ts';
import type { ControlClient } from '../../main/control/index.ts';

test('what can be triggered are the events of this Ringback’s own hooks, each once, and no patterns', async () => {
  const hooks = [
    { event: 'ring.1', ours: true },
    { event: 'ring.2', ours: false },
    { event: 'ring.*', ours: true },
    { event: 'ring.1', ours: true },
  ];
  const host = { ask: async () => hooks } as unknown as ControlClient;
  const found = await hostCandidates('event', 'trigger', async () => host);
  expect(found).toEqual([{ value: 'ring.1', description: '' }]);
});
