import { describe, expect, test } from 'vitest';
import { rejectionOf } from '../../main/connectors/aps/error-response.ts';
import { readManifest } from '../../main/connectors/aps-derivative/manifest.ts';
import { toRemoteHook } from '../../main/connectors/aps-webhooks/remote-hook.ts';
import { RingbackError } from '../../main/engine/errors.ts';

const inherited = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];

describe.each(inherited)('the word %s from outside', (word) => {
  test('is no code of an error with advice', () => {
    const body = { errorCode: word };
    const text = JSON.stringify(body);
    const answer = { status: 400, headers: new Headers(), text, bytes: Buffer.from(text), body };
    const error = rejectionOf(answer, []);
    expect(error).toBeInstanceOf(RingbackError);
    expect(error.message).toContain(`(${word})`);
  });

  test('is no state of a translation', () => {
    expect(readManifest({ status: word, derivatives: [{ outputType: 'svf2', status: word }] })).toMatchObject({
      state: 'running',
      outputs: [{ state: 'running' }],
    });
  });

  test('is no owner of a hook', () => {
    const hook = toRemoteHook(
      {
        ...{ hookId: 'one', system: 'data', event: 'dm.version.added', status: 'active', creatorType: word },
        ...{ callbackUrl: 'https://example.org/', scope: { folder: 'urn:folder' } },
      },
      'US',
    );
    expect(hook).toMatchObject({ providerId: 'one' });
    expect(hook).not.toHaveProperty('owner');
  });
});
