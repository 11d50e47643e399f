import { join } from 'node:path';
import { onTestFinished, test } from 'vitest';
import type { BrokerSession } from '../../../main/engine/broker.ts';
import { createLog } from '../../../main/engine/log.ts';
import { openLedger } from '../../../main/engine/storage/index.ts';
import {
  createKeyRing,
  createSigningKey,
  createTeamKey,
  createUserKey,
  readPublicKey,
  readSigningKey,
} from '../../../main/engine/team/keys/index.ts';
import { createReceiverSide } from '../../../main/engine/team/receiver.ts';
import { createSubjects } from '../../../main/engine/team/subjects.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';

/** A server without anything in it, and the subjects that are responded to. */
function openSession() {
  const subjects: string[] = [];
  const session: Partial<BrokerSession> = {
    putStream: async () => {},
    putBucket: async () => {},
    readKey: async () => undefined,
    writeKey: async () => 1,
    streamState: async () => ({ first: 1, last: 0 }),
    consumerNames: async () => [],
    respond(subject) {
      subjects.push(subject);
      return () => void subjects.splice(subjects.indexOf(subject), 1);
    },
  };
  return { session: session as BrokerSession, subjects };
}

test('a receiver that another one superseded responds to no request, until it receives again', async () => {
  const ledger = await openLedger(join(await temporaryFolder(), 'events.sqlite'), () => {});
  onTestFinished(() => ledger.close());
  let isTaken = false;
  const problems: unknown[] = [];
  const [teamKey, signing, user] = [createTeamKey(), createSigningKey(), createUserKey()];
  const receiver = createReceiverSide({
    ...{ team: 't', source: 'inst', sourceStart: 0, installation: 'inst', computer: 'desk', holder: 'h', teamKey },
    ...{ ledger, log: createLog(() => {}), now: Date.now, ring: createKeyRing() },
    keys: { signing: readSigningKey(signing.secret), teamKey },
    leases: {
      acquire: async () => (isTaken ? { kind: 'taken', computer: 'laptop' } : { kind: 'held', token: 1 }),
      ...{ isHeld: async () => true, release: async () => {} },
    },
    ...{
      filters: () => [],
      members: () => [],
      takeOver: () => 'none',
      standby: () => undefined,
      needsCopy: () => false,
    },
    ...{ restored: () => {}, changed: () => {}, decided: () => {}, due: () => {}, apply: async () => {} },
    copying: { use: () => {}, pause: () => {}, flush: async () => {} },
    standbyKeys: {
      ...{ team: 't', user: user.name, seed: user.seed },
      ...{ signing: readSigningKey(signing.secret), verifying: readPublicKey(signing.public) },
    },
    ...{ storageReady: () => {}, prepared: () => {}, standsBy: () => {}, problem: (problem) => problems.push(problem) },
    subjectOf: createSubjects('t', teamKey),
    sourceOf: () => ({ hookLabel: '', connectionName: '', connector: '' }),
  });
  onTestFinished(() => receiver.close());
  const { session, subjects } = openSession();
  receiver.use(session);
  await until(() => subjects.length === 2);
  isTaken = true;
  receiver.pause();
  receiver.use(session);
  await until(() => problems.length === 2);
  await until(() => subjects.length === 0);
  isTaken = false;
  receiver.pause();
  receiver.use(session);
  await until(() => subjects.length === 2);
});
