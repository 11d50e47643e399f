import { expect, test } from 'vitest';
import { openControl, runCommand } from '../support/command.ts';
import { createBell } from '../support/test-connector.ts';
import { openTestHost } from '../support/test-host.ts';

test('the status says what a copied data folder leaves to the user, and the choice is made by a command', async () => {
  const { connector } = createBell();
  const original = await openTestHost({ connectors: [connector], ports: { machine: 'desk' } });
  const values = structuredClone(original.values);
  await original.engine.close();
  const copy = await openTestHost({ connectors: [connector], values, ports: { machine: 'laptop' } });
  const folder = await openControl(copy);
  expect((await runCommand(['status'], { folder })).out).toMatch(
    /^Choice +this data folder comes from another computer; .*: ringback installation choose take-over, or new$/m,
  );
  expect(await runCommand(['installation', 'choose', 'both'], { folder })).toMatchObject({ code: 2, out: '' });
  expect(await runCommand(['installation', 'choose', 'new', '--json'], { folder })).toMatchObject({
    code: 0,
    out: '{\n  "choice": "new"\n}\n',
  });
  expect((await runCommand(['status'], { folder })).out).not.toMatch(/^Choice/m);
  const again = await runCommand(['installation', 'choose', 'new'], { folder });
  expect(again).toMatchObject({ code: 1, error: expect.stringContaining('there is nothing to choose') });
});
