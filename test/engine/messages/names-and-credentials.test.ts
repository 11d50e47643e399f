import { expect, test } from 'vitest';
import { maskAddresses, maskLinks, maskSecrets, quote } from '../../../main/engine/messages/index.ts';

/** What people call their files, folders, rooms and projects, and what they write about them. */
const names = [
  'Secret: A320',
  'The secret: Stairs and Shafts',
  'Secret: Laboratory-B12',
  'Token: Building-2024-North',
  'A token: KestrelTower2',
  'Authorization: permit of the city for tower A, part 2',
  'Authorization: pending.',
  'Cookie: recipe for the canteen (level 3)',
  'ASIA-Headquarters-Tower-2024',
  'ASIA_PACIFIC_HQ',
  'AKIAK_Village_School.rvt',
  'AIza_Bridge_East_Abutment',
  'Secret: Brandschutzübersicht',
  'Token: McDonald',
  'Authorization: Owner’s sign-off by O’Brien and McDonald on 2026-11-29',
  'key=plan-of-doors.pdf',
  'code=abcdef-Building.ipt',
  'Bearer FoundationPlan2024Revision3',
  'Basic FoundationPlan2024',
];

test.each(names)('the name "%s" is shown as it is', (name) => {
  expect([maskLinks(name), quote(name)]).toEqual([name, name]);
  const payload = JSON.stringify({ title: name, more: [`Added: ${name}`] });
  expect(maskSecrets(payload)).toBe(payload);
});

test.each([
  'RingBack1',
  'FloorPlan2',
  'LevelB2-Parking',
  'Project2024',
  'ResidentialTowerNorth2024Phase2',
  'Kestrel_Tower_MEP_2026',
  'HVAC-Planning12',
])('the part "%s" of a path is shown as it is', (part) => {
  const address = `https://acc.example/projects/${part}/files`;
  expect(maskAddresses(address)).toBe(address);
  expect(quote(`at ${address}`)).toBe(`at ${address}`);
});

const key = 'f00dCafe01';
const keys = [
  `Secret: ${key}`,
  'secret: f00d-Cafe0x9',
  'my token: f00dCafe-12ab',
  'client_secret: A320f00d',
  'webhookSecret: f00dB12',
  'Password: A320f00d',
  'password: f00dhunter',
  'pwd: f00dWord1',
  `Authorization: ${key}`,
  'Authorization: Digest username=me, response=f00d',
  'Authorization: Negotiate f00dYII',
  `Authorization: f00dcafe sent by the client`,
  'Proxy-Authorization: NTLM f00dTlRM',
  'Cookie: theme=dark; sid=f00d',
  `Cookie: ${key}`,
  'AKIAF00DCAFE01234567',
  'ASIAF00DCAFE01234567',
  'AIzaf00dCafe0123456789abcdefABCDEF42345',
  `bearer ${key}${key}`,
  'api_key: f00dCafe01.txz9',
  "secret: 'f00dCafe01'",
  'secret: "f00dCafe01"',
  "token: 'f00dCafe0123'",
  'app:\n  token: "f00dCafe0123"',
  'Secret: fOOdkJhAsdQweRtY',
  'Authorization: fOOdkJhAsdQweRtY',
  'Authorization: 4242424242424242',
  'Cookie: 4242424242424242',
];

test.each(keys)('the credential in "%s" is concealed', (text) => {
  for (const shown of [maskSecrets(text), maskSecrets(JSON.stringify({ text })), quote(text)]) {
    expect(shown).toContain('…');
    expect(shown).not.toMatch(/f[0o]{2}d|4242/i);
  }
});

test.each(['sig', 'code', 'key'])('the value of "%s" is concealed where the name of a file follows it', (name) => {
  for (const follows of [';file=plan.pdf', ',plan.pdf', '|plan.pdf']) {
    expect(maskSecrets(`${name}=f00dCafe012345${follows}`)).toBe(`${name}=…`);
  }
});

test.each([key, 'Xk3v9Qx1', 'aB3dE5gH', 'Zk3v9Qx1aWm4', 'f00dcafe01234567', 'Rt7pLm2xQz8n', 'tower-Xk3v9Qx1'])(
  'the key "%s" of a path is concealed',
  (part) => {
    expect(maskAddresses(`https://acc.example/k/${part}/files`)).toBe(
      `https://acc.example/k/${part.slice(0, 4)}…/files`,
    );
  },
);

test('of random keys hardly any is taken for a name', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  let state = 1;
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
  const made = Array.from({ length: 4000 }, () => Array.from({ length: 16 }, () => letters[random() % 62]).join(''));
  const mixed = made.filter((text) => /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text));
  const shown = mixed.filter((text) => maskAddresses(`https://a.example/${text}`).includes(text));
  expect(shown.length / mixed.length).toBeLessThan(0.002);
});
