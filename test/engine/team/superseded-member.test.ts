import { join } from 'node:path';
import { onTestFinished, test } from 'vitest';
import type { BrokerSession, Intake } from '../../../main/engine/broker.ts';
import { createLog } from '../../../main/engine/log.ts';
import { openLedger } from '../../../main/engine/storage/index.ts';
import { createMemberSide } from '../../../main/engine/team/member.ts';
import type { JoinedRecord } from '../../../main/engine/team/record.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';

test('a member whose messages another computer takes ends its own taking, and is up again once its messages come', async () => {
  const ledger = await openLedger(join(await temporaryFolder(), 'events.sqlite'), () => {});
  onTestFinished(() => ledger.close());
  let isTaken = false;
  let isAnswered = true;
  let prepared = 0;
  const problems: (string | undefined)[] = [];
  const side = createMemberSide({
    team: { id: 'team', consumers: [{ name: 'all', filter: '>' }] } as JoinedRecord,
    ...{ ledger, log: createLog(() => {}), now: Date.now, relay: async () => {}, position: () => undefined },
    ...{ stored: () => {}, tookUpTo: () => {}, caughtUp: () => {}, noteUnstored: () => {}, unstored: () => undefined },
    async claim() {
      if (!isAnswered) throw new Error('no response');
      return isTaken ? { kind: 'taken', computer: 'laptop' } : { kind: 'held', token: 1 };
    },
    caughtUpTo: () => ({ source: '', event: 0 }),
    prepared: () => {
      prepared += 1;
    },
    problem: (problem) => problems.push(problem?.code),
  });
  const taking: Intake[] = [];
  const session: Partial<BrokerSession> = {
    streamState: async () => ({ first: 1, last: 0 }),
    consumerState: async () => ({
      pending: 0,
      unacknowledged: 0,
      acknowledged: 0,
      activeAt: undefined,
      waiting: false,
    }),
    consume(_stream, _name, intake) {
      taking.push(intake);
      return new Promise((resolve) => {
        intake.signal.addEventListener('abort', () => {
          taking.splice(taking.indexOf(intake), 1);
          resolve();
        });
      });
    },
  };
  onTestFinished(() => side.close());
  side.use(session as BrokerSession);
  await until(() => taking.length === 1 && prepared === 0);
  taking[0]?.began();
  await until(() => prepared === 1);
  isTaken = true;
  side.pause();
  side.use(session as BrokerSession);
  await until(() => problems.at(-1) === 'team.invitationInUse' && taking.length === 0);
  isAnswered = false;
  await until(() => ![undefined, 'team.invitationInUse'].includes(problems.at(-1)));
  if (taking.length > 0) throw new Error('It takes messages without knowing whose they are.');
  Object.assign(problems, { length: 0 });
  isAnswered = true;
  isTaken = false;
  await until(() => taking.length === 1);
  taking[0]?.began();
  await until(() => prepared === 2 && problems.at(-1) === undefined);
});
