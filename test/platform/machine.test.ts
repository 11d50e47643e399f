import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readMachine } from '../../main/platform/machine.ts';

test('a computer is identified the same each time, without the identity the system gives it', async () => {
  const machine = await readMachine(process.platform);
  expect(await readMachine(process.platform)).toBe(machine);
  if (machine !== undefined) expect(machine).toMatch(/^[0-9a-f]{32}$/);
  const own = await readFile('/etc/machine-id', 'utf8').catch(() => undefined);
  if (own !== undefined) expect(machine).not.toBe(own.trim());
});

test('a system without an identity is not identified', async () => {
  expect(await readMachine('sunos')).toBeUndefined();
});
