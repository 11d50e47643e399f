import { expect, test } from 'vitest';
import { mask } from '../../../main/engine/log.ts';
import { maskHeaders, maskLinks, maskSecrets, quote } from '../../../main/engine/messages/index.ts';
import { openBellHost } from '../../support/bell-host.ts';
import { openControl, runCommand } from '../../support/command.ts';
import { processorTime } from '../../support/processor-time.ts';
import { until } from '../../support/temporary.ts';

const key = 'f00dCafe0123456789+/bcdefABCDEF42=';
const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJlLW9mLWl0';

test.each([
  [{ link: `https://bucket.example/a.zip?X-Amz-Date=1&X-Amz-Signature=${key}` }],
  [{ link: `https://blob.example/a.zip?se=2026&sig=${encodeURIComponent(key)}` }],
  [{ link: `https://files.example/a.zip?key=${key}&size=3` }],
  [{ link: `https://me:${key.replaceAll('/', '')}@files.example/a.zip` }],
  [{ nested: { access_token: key, password: `quote " and ${key}`, deep: [{ clientSecret: key }] } }],
  [{ header: `Authorization: Bearer ${key}`, note: 'bearer of good news' }],
  [{ text: `The token is ${token}.` }],
  [{ form: `grant_type=x&client_secret=${key}&code=${key}` }],
])('of a payload with credentials none is shown, and it stays JSON: %j', (payload) => {
  for (const text of [
    JSON.stringify(payload),
    JSON.stringify(payload).replaceAll('&', '\\u0026'),
    JSON.stringify(payload).replaceAll('/', '\\/'),
  ]) {
    const shown = maskSecrets(text);
    expect(() => JSON.parse(shown)).not.toThrow();
    expect(shown).toContain('…');
    for (const part of ['f00dCafe', 'bcdefABCDEF42', 'c2lnbmF0dXJl']) expect(shown).not.toContain(part);
  }
});

test.each([
  '{"link":"https://files.example/a.rvt?version=2&view=plan","name":"Key=1"}',
  '{"token":"","count":12345678901234567890,"signature":"sha1hash=0123"}',
  '<event xmlns="http://www.w3.org/2001/XMLSchema">Tower</event>',
  'no JSON at all',
])('%s stays as it is', (text) => {
  expect(maskSecrets(text)).toBe(text);
});

test.each([
  [{ signature: key, fields: { 'X-Amz-Signature': key } }],
  [{ token: [key, key], secret: { value: key, more: [{ deep: key }] }, password: 12345678, after: 'stays' }],
  [{ link: `https://:${key}@files.example/a.zip` }, { link: `postgres://me:${key}@host/x` }],
  [{ headers: [{ name: 'Authorization', value: `Bearer ${key}` }] }],
  [{ text: `Basic ${Buffer.from(`f00dCafe:${key}`).toString('base64')}`, other: [{ password: `\\" ${key}` }] }],
])('credentials in numbers, lists, links and JSON within JSON are concealed: %j', (...payload) => {
  const levels = [
    payload,
    { text: JSON.stringify(payload) },
    { log: JSON.stringify({ text: JSON.stringify(payload) }) },
  ];
  for (const level of levels) {
    const shown = maskSecrets(JSON.stringify(level));
    expect(() => JSON.parse(shown)).not.toThrow();
    expect(shown).toContain('…');
    for (const part of ['f00dCafe', 'bcdefABCDEF42', '12345678"', 'ZjAwZENhZmU']) expect(shown).not.toContain(part);
    expect(shown.includes('stays')).toBe(JSON.stringify(payload).includes('stays'));
  }
});

const fileNames = [
  'Translation finished: Basic Architectural_Floorplan.rvt',
  'Bearer Beam_Detail-Section_A4.dwg was added',
  'Uploaded: token=final_version.dwg',
  'code=abcdef-Building.ipt',
  'key=Schluessel_Haustuer.ipt; password=forgotten.txt',
  'Basic FoundationPlan2024',
  'Signature Tower "token": "north-facade.rvt"',
  'A&B secret garden & key=plan-of-doors.pdf',
  'eyJafjallajokull-visitor-centre.ifc',
  'Level 2 – Secret=Stairs_and_Shafts.nwd',
  'https://acc.example:443/projects/@tower/Basic_Architecture.rvt?version=3',
];

test.each(fileNames)('the name %s stays as it is in a title', (name) => {
  expect(maskLinks(name)).toBe(name);
});

test.each(fileNames.filter((name) => !/[=:] ?"?\w/.test(name)))('and %s in a payload', (name) => {
  const text = JSON.stringify({ name, title: `Added: ${name}` });
  expect(maskSecrets(text)).toBe(text);
});

test.each([
  [`Ready at https://a.example/a.zip?sig=${key}`, 'Ready at https://a.example/a.zip?sig=…'],
  [
    `https://a.example/a.zip?x=1&amp;X-Amz-Signature=${key} is ready`,
    'https://a.example/a.zip?x=1&amp;X-Amz-Signature=… is ready',
  ],
  [
    'https://u:p/w@host/x and https://:pw1234@host and ftp://u:p@ss@host',
    'https://…@host/x and https://…@host and ftp://…@host',
  ],
  [`With ${token}`, 'With eyJ…'],
  [`https://here.example/in/${'0123456789abcdef'.repeat(2)}`, 'https://here.example/in/0123…'],
])('a title shows no credentials of links: %s', (title, shown) => {
  expect(maskLinks(title)).toBe(shown);
});

test('an event is found by the name of its file, whatever words stand before it', async () => {
  const { host, ring } = await openBellHost();
  await ring({ name: 'tower', title: 'Translation finished: Basic Architectural_Floorplan.rvt' });
  await until(() => host.notes.length === 1);
  const { events } = await host.ask('events.list', { text: 'Floorplan' });
  expect(events.map(({ title }) => title)).toEqual(['Translation finished: Basic Architectural_Floorplan.rvt']);
});

test('headers are concealed by their name, or by what they hold', () => {
  const headers = {
    'x-auth-token': 'abc',
    link: `<https://a.example/?sig=${key}>`,
    'x-adsk-signature': 'sha1hash=0123',
  };
  expect(maskHeaders(headers)).toEqual({ ...headers, 'x-auth-token': '…', link: '<https://a.example/?sig=…>' });
});

test.each([
  '-eyJ',
  'eyJ',
  '"token" ',
  '"token":"\\',
  'a://b:',
  '&key=a',
  'bearer ',
  '\\/in\\/',
  'basic ',
  '\\',
  '"token":[',
  'Cookie: ',
  '"token":"\\\\"',
  '://:@',
  'authorization ',
  '%25',
  'https%3A%2F%2F',
  '%3Fsig%3D',
  'a%3A%2F%2Fb%3A',
  'password ',
  'secret:',
  'password="',
  '<password>',
  'x-ads-token',
  '-----BEGIN PRIVATE KEY-----',
  '"\\u0061',
  'pass\u200bword',
  'ghp_',
])('a megabyte of %s is masked in linear time', (part) => {
  const measure = (size: number, times: number): number => {
    const text = part.repeat(Math.ceil(size / part.length));
    return processorTime(() => {
      for (let time = 0; time < times; time += 1) maskSecrets(text);
    });
  };
  measure(10_000, 1);
  // As many characters in sixteen texts: quadratic time would take about 16 times as long for one, linear time as long.
  const limit = 5;
  let ratio = Number.POSITIVE_INFINITY;
  // Other work of the computer may disturb one attempt, not each.
  for (let attempt = 1; attempt <= 3 && ratio >= limit; attempt += 1)
    ratio = Math.min(ratio, measure(1_000_000, 1) / Math.max(measure(62_500, 16), 32));
  expect(ratio).toBeLessThan(limit);
});

test('an event shows no credentials, and gives the exact bytes on request', async () => {
  const { host, ring } = await openBellHost();
  const folder = await openControl(host);
  const link = `https://blob.example/a.zip?sig=${key}`;
  await ring({ name: 'tower', title: `Ready at ${link}`, link });
  await until(() => host.notes.length === 1);
  const [event] = (await host.ask('events.list', {})).events;
  const detail = await host.ask('events.get', { id: event?.id ?? '' });
  expect(detail.body).toContain(key);
  expect(JSON.parse(detail.shown?.body ?? '')).toMatchObject({ link: 'https://blob.example/a.zip?sig=…' });
  const shown = await runCommand(['events', 'get', event?.id ?? ''], { folder });
  expect(shown.out).toContain('sig=…');
  const exact = await runCommand(['events', 'get', event?.id ?? '', '--body'], { folder });
  expect(exact.out).toBe(detail.body);
  for (const text of [JSON.stringify(host.notes), JSON.stringify(event), shown.out, host.lines.join()])
    expect(text).not.toContain('f00dCafe');
});

test.each([
  ['GET /a\r\nCookie: session=f00dCafe; other=1\r\nAccept: */*', 'GET /a\r\nCookie: …\r\nAccept: */*'],
  ['Set-Cookie: s=f00dCafe; Path=/', 'Set-Cookie: …'],
  ['Proxy-Authorization: Digest f00dCafe', 'Proxy-Authorization: …'],
  ['{"log":"x-api-key: f00dCafe","n":1}', '{"log":"x-api-key: …","n":1}'],
  ['{"log":"Cookie: a=f00dCafe\\nAccept: */*"}', '{"log":"Cookie: …\\nAccept: */*"}'],
])('a header line within a text is concealed: %j', (text, shown) => {
  expect(maskSecrets(text)).toBe(shown);
});

const plainKey = 'f00dCafe0123456789abcdefABCDEF42';
const invisible = '\u200b';
const within = (link: string): string => `https://here.example/r?to=${encodeURIComponent(link)}`;
/** What a payload, a reason of a failure and the log may hold, with its credential in whatever form. */
const credentials = [
  `https://a.example/a.zip?si${invisible}g=${plainKey}`,
  `sig=f00d${invisible}Cafe0123456789abcdef`,
  `Author${invisible}ization: Bearer ${plainKey}`,
  `{"pass${invisible}word":"${plainKey}"}`,
  `{"pass\\u0077ord":"${plainKey}","pass\\u200bword":"${plainKey}"}`,
  encodeURIComponent(`https://a.example/a.zip?x=1&sig=${plainKey}`),
  encodeURIComponent(encodeURIComponent(`https://a.example/a.zip?x=1&sig=${plainKey}`)),
  within(`https://a.example/a.zip?sig=${plainKey}`),
  within(`https://me:${plainKey}@a.example/a.zip`),
  encodeURIComponent(`https://here.example/in/${'f00dcafe'.repeat(4)}`).toLowerCase(),
  `{"link":"https://a.example/a.zip?x=1\\u0026sig=${plainKey}"}`,
  `the password: ${plainKey} was not accepted`,
  `password=f00dCafe`,
  `user=a&db.password=${plainKey}`,
  `Bearer ${plainKey}`,
  `got bearer ${plainKey}`,
  `Basic ${Buffer.from(`me:${plainKey}`).toString('base64')}`,
  `client_secret=${plainKey}`,
  `apiKey: ${plainKey}`,
  `x-ads-token-data: ${plainKey}`,
  `{"x-ads-token":"${plainKey}","PASSWORD":"${plainKey}","webhookSecret":"${plainKey}","jwt":"${plainKey}"}`,
  `{'password': '${plainKey}'}`,
  `<login><password>${plainKey}</password></login>`,
  `<login password="${plainKey}"/>`,
  `curl -H 'Authorization: Bearer ${plainKey}'`,
  `passphrase=${plainKey}; JSESSIONID=${plainKey}`,
  `X-CSRF-Token: ${plainKey}`,
  '-----BEGIN PRIVATE KEY-----f00dCafe0123-----END PRIVATE KEY-----',
  'ghp_f00dCafe0123456789abcdefABCDEF4212345',
];

test.each(credentials)('%s shows no credential in a payload, a reason or the log', (text) => {
  for (const shown of [maskSecrets(text), quote(text), mask(text)]) {
    expect(shown).toContain('…');
    for (const part of [
      'f00dCafe0',
      'Cafe0123',
      'cafef00d',
      'f00dCafe ',
      Buffer.from('me:f00d').toString('base64').slice(4, 8),
    ])
      expect(shown).not.toContain(part);
  }
});

test.each(credentials)('a payload that holds %s stays JSON', (text) => {
  const payload = { before: [text], inner: JSON.stringify({ text }), after: 'stays', count: 3 };
  const shown = JSON.parse(maskSecrets(JSON.stringify(payload)));
  expect(shown).toMatchObject({ after: 'stays', count: 3 });
  expect(JSON.stringify(shown)).not.toMatch(/f00dCafe0|Cafe0123/);
});

test.each([
  'The password: must not be empty',
  'Token: expired.',
  'A secret is needed; the token is not valid.',
  'key=Schluessel_Haustuer.ipt; password=forgotten.txt',
  'Basic FoundationPlan2024 and Bearer Beam_Detail-Section_A4.dwg',
  'Signature Tower: north',
  '{"totalTokens":12345,"nextPage":"AbCdEfGh1234"}',
])('%s stays as it is in a reason', (text) => {
  expect(quote(text)).toBe(text);
});

test.each([
  'client_secret=Zk3v9.Qx1a',
  'token=4f3c9d2e8b7a.k9Z1',
  'pwd=my.pass',
  'secret=abc.defg',
  'password=Tower1.ifcx',
])('a dot before its last letters makes no file name of %s', (text) => {
  const [name, value = ''] = text.split('=');
  expect(quote(`${text} is wrong`)).toBe(`${name}=… is wrong`);
  expect(quote(text)).not.toContain(value);
});

test('JSON stays JSON where a word for credentials ends a string', () => {
  const text = JSON.stringify({
    a: 'the secret:',
    b: 'password=',
    c: { secret: null },
    d: ['token=', 'x'],
    password: true,
  });
  expect(JSON.parse(maskSecrets(text))).toEqual(JSON.parse(text));
});

test('a stored title shows no key that invisible characters part', async () => {
  const { host, ring } = await openBellHost();
  const link = `https://a.example/a.zip?si${invisible}g=${plainKey}`;
  const long = `${'x'.repeat(280)} https://me:f00dCafe0123@a.example/a`;
  await ring({ name: 'tower', title: `Ready at ${link}`, summary: link, identity: '1' });
  await ring({ name: 'tower', title: long, identity: '2' });
  const { events } = await host.ask('events.list', {});
  expect(events).toHaveLength(2);
  expect(JSON.stringify([events, host.notes])).not.toMatch(/f00dCafe0/);
});
