import { expect, test } from 'vitest';
import { baseUrlOf } from '../../main/connectors/aps/index.ts';
import { readManifest } from '../../main/connectors/aps-derivative/manifest.ts';
import { apsWebhooks } from '../../main/connectors/aps-webhooks/index.ts';
import { toRemoteHook } from '../../main/connectors/aps-webhooks/remote-hook.ts';
import { handleOf } from '../../main/connectors/autoflex/handle.ts';
import { maskSecrets } from '../../main/engine/messages/index.ts';
import { isPrivateAddress } from '../../main/platform/network/private-address.ts';
import { processorTime } from '../support/processor-time.ts';
import { createContext } from './context.ts';
import { delivery } from './deliveries.ts';

const length = 400_000;
const slashes = `http://127.0.0.1/${'/'.repeat(length)}x`;

function read(payload: object): unknown {
  return apsWebhooks.read(
    delivery({ hook: { event: 'extraction.updated' }, EventType: 'EXTRACTION_UPDATED', ...payload }),
  );
}

test.each<[string, () => unknown]>([
  ['the address of a connection', () => baseUrlOf(createContext(slashes))],
  ['the progress of a translation', () => read({ URN: 'dXJu', Progress: `${'0'.repeat(length)} of` })],
  ['the URN of a translation', () => read({ URN: `${'='.repeat(length)}x` })],
  ['the progress in a manifest', () => readManifest({ status: 'inprogress', progress: '0'.repeat(length) })],
  ['the path of a hook', () => toRemoteHook({ __self__: '/systems/'.repeat(length / 9), callbackUrl: slashes }, 'US')],
  ['the suffix of a callback URL', () => handleOf({ ...delivery(''), suffix: `?id=x${'}'.repeat(length)}x` })],
  ['backslashes in a member that is concealed', () => maskSecrets(`{"token":["${'\\'.repeat(length)}x`)],
  ['backslashes outside of its strings', () => maskSecrets(`{"token":[${'\\'.repeat(length)}x]}`)],
  ['the zone of an address', () => isPrivateAddress(`${'%'.repeat(length)}\n%`)],
])('%s, however long, is read in a time that grows as it does', (_, work) => {
  // A time that grew with the square would be minutes.
  expect(processorTime(work)).toBeLessThan(3000);
});
