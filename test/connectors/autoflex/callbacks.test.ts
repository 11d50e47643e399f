import { expect, onTestFinished, test } from 'vitest';
import type { Delivery } from '../../../main/engine/connector.ts';
import { openReceiver } from '../../../main/engine/receiver.ts';
import { callbackForms } from '../../../main/sandbox/autoflex/callback-forms.ts';
import type { AutoflexOptions } from '../../../main/sandbox/autoflex/index.ts';
import { openAutoflex } from './context.ts';

const key = '0123456789abcdef0123456789abcdef';

/** Orders a backup, and gives what the callback receiver of the engine got of it. */
async function ordered(options: AutoflexOptions) {
  const autoflex = await openAutoflex(options);
  const deliveries: Delivery[] = [];
  const receiver = await openReceiver({
    port: 0,
    knows: (asked) => asked === key,
    async receive({ method, rest, headers, body }) {
      const hook = { event: 'backup-owner', scope: {} };
      deliveries.push({ method, rest, headers, body, hook, nameOf: () => undefined });
      return { status: 200 };
    },
    tooLarge: () => {},
  });
  onTestFinished(() => receiver.close());
  const { backups, context, sandbox } = autoflex;
  await backups.request(context, 'backup-owner', `http://127.0.0.1:${receiver.port}/in/${key}`);
  await sandbox.settled();
  return { ...autoflex, deliveries, handles: () => deliveries.map((delivery) => backups.handle(delivery)) };
}

test.each(callbackForms)('an id in the form "%s" is received, understood and opens the result', async (form) => {
  const method = form.endsWith('-body') ? 'POST' : 'GET';
  const { sandbox, backups, context, handles } = await ordered({ callback: { form, method } });
  const [id = ''] = sandbox.orders[0]?.ids ?? [];
  const [handle = ''] = handles();
  expect(handle).toBe(form === 'upper-case' ? id.toUpperCase() : id);
  expect(sandbox.callbacks).toMatchObject([{ status: 200 }]);
  expect(await backups.resolve(context, handle)).toMatchObject({ kind: 'files' });
});

test('HEAD brings no id', async () => {
  const { deliveries, handles } = await ordered({ callback: { method: 'HEAD' } });
  expect(deliveries.map(({ method }) => method)).toEqual(['HEAD']);
  expect(handles()).toEqual([undefined]);
});

test('POST brings its id in the address too', async () => {
  const { sandbox, handles } = await ordered({ callback: { method: 'POST' } });
  expect(handles()).toEqual(sandbox.orders[0]?.ids);
});

test('a probe, repetitions and a second id are told apart', async () => {
  const { sandbox, connector, deliveries, handles } = await ordered({ callback: { probe: true, ids: 2, times: 2 } });
  const [first, second] = sandbox.orders[0]?.ids ?? [];
  expect(handles()).toEqual([undefined, first, first, second, second]);
  const proofs = deliveries.map((delivery) => connector.verify(delivery, []));
  const prints = proofs.map((proof) => (proof.genuine ? proof.deliveryId : ''));
  expect(new Set(prints.slice(1)).size).toBe(2);
  expect(prints[0]).toBeUndefined();
});

test('a callback that overtakes the answer to the order brings an id that counts', async () => {
  const { backups, context, handles } = await ordered({ callback: { beforeAnswer: true } });
  expect(await backups.resolve(context, handles()[0] ?? '')).toMatchObject({ kind: 'files' });
});
