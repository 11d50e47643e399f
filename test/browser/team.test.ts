import { text } from 'node:stream/consumers';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { test } from './support/browser-test.ts';
import { checkLook } from './support/look.ts';
import { busySample } from './support/sample.ts';
import { officeMembers, officeTeam, teamReplies } from './support/team-replies.ts';
import { goTo, type OpenWindow, openWindow } from './support/window.ts';

async function openTeam(browser: Browser, replies = teamReplies()): Promise<OpenWindow> {
  const window = await openWindow(browser, busySample(3));
  for (const [method, reply] of Object.entries(replies)) window.host.answer(method as 'team.status', reply);
  await goTo(window.page, 'Team');
  return window;
}

const inputsOf = ({ host }: OpenWindow, method: string) =>
  host.asked.filter((each) => each.method === method).map(({ input }) => input);

const input = (page: Page, label: string) => page.locator('input').and(page.getByLabel(label));

test('a team is created, and then its server is set up with commands to copy', async ({ browser }) => {
  await using window = await openTeam(browser);
  const { page } = window;
  await page.getByRole('heading', { name: 'Not in a team' }).waitFor();
  await checkLook(page, 'team-empty');
  await page.getByRole('button', { name: 'Create team' }).click();
  await page.getByLabel('Name of the team').fill('Office');
  await page.getByLabel('Server addresses').fill('tls://nats.example:4333\ntls://second.example:4222');
  await page.getByRole('dialog').getByRole('button', { name: 'Create team' }).click();
  const server = page.getByRole('dialog', { name: 'Set up the server' });
  await server.getByRole('button', { name: 'Copy the configuration' }).waitFor();
  await expect.poll(() => server.getByRole('button', { name: /^Copy the command: sudo/ }).count()).toBe(3);
  await checkLook(page, 'team-server');
  await expect
    .poll(() => inputsOf(window, 'team.create'))
    .toEqual([{ name: 'Office', servers: ['tls://nats.example:4333', 'tls://second.example:4222'] }]);
  await expect
    .poll(() => inputsOf(window, 'team.serverConfig')[0])
    .toEqual({
      port: 4333,
      tls: { certificate: '/etc/nats/cert.pem', key: '/etc/nats/key.pem' },
    });
  expect(window.errors).toEqual([]);
});

test('a member is invited with a filter, and its invitation is saved as a file', async ({ browser }) => {
  await using window = await openTeam(browser, teamReplies(officeTeam, officeMembers));
  const { page } = window;
  await page.getByRole('button', { name: 'Invite member' }).click();
  await page.getByLabel('Name of the member').fill('Dora');
  await input(page, 'Only these connections').click();
  await page.getByRole('option', { name: 'Plant viewer' }).click();
  await input(page, 'Only these events').fill('dm.version.added');
  await input(page, 'Only these events').press('Enter');
  await input(page, 'Only these events').press('Tab');
  await page.getByRole('button', { name: 'Create invitation' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invitation for Dora' });
  await dialog.waitFor();
  await checkLook(page, 'team-invitation');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save as file' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('Dora.invitation');
  expect(await text(await file.createReadStream())).toMatch(/^ringback-team-1\.\w+\n$/);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('listitem').getByText('Dora', { exact: true }).waitFor();
  await expect
    .poll(() => inputsOf(window, 'team.invite'))
    .toEqual([{ member: 'Dora', filter: { connections: ['connection-1'], events: ['dm.version.added'] } }]);
});

test('the members show what they receive and what waits, and one is removed after a confirmation', async ({
  browser,
}) => {
  await using window = await openTeam(browser, teamReplies(officeTeam, officeMembers));
  const { page } = window;
  const row = page.getByRole('listitem').filter({ hasText: 'Ben, laptop' });
  await row.getByText('1,284').waitFor();
  await row.getByText('dm.version.added').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Carla' }).getByText('Plant viewer').waitFor();
  await checkLook(page, 'team-members');
  await page.getByRole('button', { name: 'Remove Ben, laptop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await row.waitFor({ state: 'detached' });
  await expect.poll(() => inputsOf(window, 'team.remove')).toEqual([{ member: 'b2' }]);
});

test('events are encrypted with a new key after a confirmation', async ({ browser }) => {
  await using window = await openTeam(browser, teamReplies(officeTeam, officeMembers));
  const { page } = window;
  await page.getByRole('button', { name: 'New key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Encrypt with a new key?' });
  await dialog.getByRole('button', { name: 'New key' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(inputsOf(window, 'team.rotateKey')).toEqual([{}]);
});

test('a standby is invited, and another one is forgotten after a confirmation', async ({ browser }) => {
  const standbys = [{ id: 'a1b2', computer: 'laptop', after: 120 }];
  await using window = await openTeam(browser, teamReplies({ ...officeTeam, standbys }, officeMembers));
  const { page } = window;
  await page.getByRole('button', { name: 'Invite a standby' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite a standby' });
  await dialog.getByRole('button', { name: 'Create invitation' }).click();
  const invitation = page.getByRole('textbox', { name: 'Invitation' });
  await expect.poll(() => invitation.inputValue()).toMatch(/^ringback-standby-1\./);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Forget the standby laptop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Forget' }).click();
  await page.getByText('laptop: after 120 s').waitFor({ state: 'detached' });
  expect(inputsOf(window, 'team.forgetStandby')).toEqual([{ standby: 'a1b2' }]);
});

test('a member whose receiver is away says so', async ({ browser }) => {
  const away = { problem: 'office-server is away', problemMessage: { code: 'team.receiverAway', params: {} } };
  await using window = await openTeam(browser, teamReplies({ ...officeTeam, role: 'member', ...away }));
  const { page } = window;
  await page.getByText('No computer receives for the team', { exact: true }).waitFor();
  await page.getByText('office-server is away').waitFor();
  expect(await page.getByRole('button', { name: 'New key' }).count()).toBe(0);
});

test('a receiver that another computer replaced says so, and receives again', async ({ browser }) => {
  const replaced = { problem: 'laptop receives for this team', problemMessage: { code: 'team.replaced', params: {} } };
  await using window = await openTeam(browser, teamReplies({ ...officeTeam, state: 'connecting', ...replaced }));
  const { page } = window;
  await page.getByText('Another computer receives for the team').waitFor();
  await page.getByRole('button', { name: 'Receive here again' }).click();
  await page.getByText('Connected', { exact: true }).waitFor();
  await page.getByText('Another computer receives for the team').waitFor({ state: 'detached' });
  expect(inputsOf(window, 'team.takeOver')).toEqual([{}]);
});

test('a computer joins by a pasted invitation, and leaves', async ({ browser }) => {
  await using window = await openTeam(browser);
  const { page } = window;
  await page.getByRole('button', { name: 'Join team' }).click();
  await page.getByLabel('Invitation').fill(' ringback-team-1.abc ');
  await page.getByRole('dialog').getByRole('button', { name: 'Join team' }).click();
  await page.getByText('Receives from office-server').waitFor();
  await checkLook(page, 'team-member');
  await page.getByRole('button', { name: 'Leave team' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave team' }).click();
  await page.getByRole('heading', { name: 'Not in a team' }).waitFor();
  await expect.poll(() => inputsOf(window, 'team.join')).toEqual([{ invitation: 'ringback-team-1.abc' }]);
});
