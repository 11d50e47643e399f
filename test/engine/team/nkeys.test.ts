import { createUser, fromPublic, fromSeed } from '@nats-io/nkeys';
import { expect, test } from 'vitest';
import { createUserKey, readUserKey } from '../../../main/engine/team/keys/index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a user key is an nkey, which the library of nkeys reads and whose signatures it accepts', () => {
  for (let round = 0; round < 5; round += 1) {
    const { name, seed } = createUserKey();
    expect(fromSeed(bytes(seed)).getPublicKey()).toBe(name);
    expect(fromPublic(name).verify(bytes('challenge'), readUserKey(seed).sign(bytes('challenge')))).toBe(true);
  }
});

test('an nkey of the library is read', () => {
  const pair = createUser();
  const user = readUserKey(new TextDecoder().decode(pair.getSeed()));
  expect(user.name).toBe(pair.getPublicKey());
  expect(pair.verify(bytes('challenge'), user.sign(bytes('challenge')))).toBe(true);
});
