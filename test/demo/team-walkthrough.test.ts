import { expect, test } from 'vitest';
import { showTeam } from '../../main/headless/team-walkthrough.ts';
import { hasNatsServer } from '../support/nats-server.ts';

test.skipIf(!hasNatsServer)('the walkthrough of a team ends with both members notified of what is theirs', async () => {
  let text = '';
  const shown = await showTeam((part) => {
    text += part;
  });
  expect(shown).toBe(true);
  const [, anna = ''] = /^Anna wants .* rings: (.*)$/m.exec(text) ?? [];
  const [, bert = ''] = /^Bert opens .* rings: (.*)$/m.exec(text) ?? [];
  expect(anna).toBe('“Tower.rvt: version 1 added”');
  expect(bert).toContain(anna);
  expect(bert).toContain('publishing');
});
