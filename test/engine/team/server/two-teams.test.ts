import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openBellHost } from '../../../support/bell-host.ts';
import { createNatsServer, hasNatsServer } from '../../../support/nats-server.ts';
import { authority, titlesOf, untilUp } from '../../../support/team.ts';
import { until } from '../../../support/temporary.ts';
import { openTestHost } from '../../../support/test-host.ts';

describe.skipIf(!hasNatsServer)('two teams at one server', () => {
  test('get along by their accounts, which its configuration includes, and each gets its own events', async () => {
    const server = await createNatsServer();
    const folder = dirname(server.options.storeDir);
    const names = ['Office', 'Site'];
    const receivers = await Promise.all(names.map((account) => openBellHost({ account })));
    for (const [index, { host }] of receivers.entries())
      await host.ask('team.create', { name: names[index] ?? '', servers: [server.address], tls: { authority } });
    const { text } = (await receivers[0]?.host.ask('team.serverConfig', server.options)) ?? { text: '' };
    const main = `${text.slice(0, text.indexOf('accounts {'))}accounts {\n  include "Office.conf"\n  include "Site.conf"\n}\n`;
    const configure = async (): Promise<void> => {
      for (const [index, { host }] of receivers.entries()) {
        const account = await host.ask('team.serverConfig', { accountOnly: true });
        await writeFile(join(folder, `${names[index]}.conf`), account.text);
      }
      await server.configure(main);
    };
    await configure();
    for (const { host } of receivers) await untilUp(host);
    const members = await Promise.all(
      receivers.map(async ({ host }) => {
        const { invitation } = await host.ask('team.invite', { member: 'Anna' });
        const member = await openTestHost({ connectors: [] });
        await member.ask('team.join', { invitation });
        return member;
      }),
    );
    await configure();
    for (const member of members) await untilUp(member);
    for (const [index, { ring }] of receivers.entries()) await ring({ title: `of ${names[index]}` });
    for (const [index, member] of members.entries()) {
      await until(async () => (await titlesOf(member)).length > 0);
      expect(await titlesOf(member)).toEqual([`of ${names[index]}`]);
    }
  });
});
