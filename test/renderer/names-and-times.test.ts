import { expect, test } from 'vitest';
import type { ConnectorInfo, Hook } from '../../preload/contract/index.ts';
import { agoOf, createDayOfTime, dayOf, exactOf, shortOf, tomorrowMorning } from '../../renderer/clock.ts';
import { isSecretHeader } from '../../renderer/events/detail/secret-header.ts';
import { hookNames } from '../../renderer/hook-name.ts';
import { shortAddress } from '../../renderer/hooks/short-address.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const ago = (seconds: number) => agoOf(new Date(now - seconds * 1000).toISOString(), now);

test('times are shown relative to now, past and future', () => {
  expect([ago(3), ago(50), ago(59.7), ago(170), ago(7200), ago(86_400 * 3), ago(86_400 * 60)]).toEqual([
    'just now',
    '50s ago',
    '1m ago',
    '3m ago',
    '2h ago',
    '3d ago',
    '2mo ago',
  ]);
  expect(ago(-3600)).toBe('in 1h');
});

test('text that is not a time is shown unchanged', () => {
  expect(agoOf('yesterday', now)).toBe('yesterday');
  expect(exactOf('yesterday')).toBe('yesterday');
});

test('the day of each time of a list is that of the time alone, in every order', () => {
  const minutes = Array.from({ length: 3000 }, (_, index) =>
    new Date(now - ((index * 7) % 3000) * 61_000).toISOString(),
  );
  const dayOfTime = createDayOfTime();
  expect(minutes.map(dayOfTime)).toEqual(minutes.map((time) => dayOf(Date.parse(time))));
});

test('tomorrow begins at eight in the morning, local time', () => {
  const date = new Date(tomorrowMorning(now));
  expect([date.getDate(), date.getHours(), date.getMinutes()]).toEqual([new Date(now).getDate() + 1, 8, 0]);
});

test('an address is shown without secret parts', () => {
  expect(shortAddress('https://bell.example.net/in/9f1c3d5e7a9b1c3d5e7f9a1b3c5d7e9f')).toBe(
    'https://bell.example.net/in/9f1c…',
  );
  expect(shortAddress('https://u:p@ci.example.com/hook?key=abc#x')).toBe('https://ci.example.com/hook?…');
  expect(shortAddress('not an address, but long enough')).toBe('not an address, but long…');
});

test('headers that carry secrets are distinguished from others', () => {
  expect(['Authorization', 'cookie', 'x-api-key'].every(isSecretHeader)).toBe(true);
  expect(['x-adsk-signature', 'content-type'].some(isSecretHeader)).toBe(false);
});

test('a hook is named by the catalogue of its connector, else by its event', () => {
  const catalogue = {
    regions: [],
    systems: [
      {
        system: 'derivative',
        title: '',
        scopes: [],
        events: [{ event: 'extraction.finished', title: 'Finished', scopes: [] }],
      },
    ],
  };
  const connector: ConnectorInfo = { id: 'aps', title: 'APS', fields: [], catalogue };
  const names = hookNames([{ id: 'c', connector: 'aps', name: 'Plant', settings: {} }], [connector]);
  const hook: Hook = {
    id: 'h',
    connection: 'c',
    system: 'derivative',
    event: 'extraction.finished',
    scope: { workflow: 'w' },
    status: 'active',
    callbackUrl: '',
    ours: true,
  };
  expect(names.long(hook)).toBe('Finished · workflow w · Plant');
  expect(names.long({ ...hook, event: 'new.event', scope: {}, connection: 'gone' })).toBe('new.event');
});

test('a short time names the weekday within a week, and the date beyond', () => {
  const now = new Date(2026, 10, 25, 12).getTime();
  const short = (days: number) => shortOf(new Date(2026, 10, 25 + days, 9, 5).toISOString(), now);
  const date = (days: number) => new RegExp(`\\b${new Date(2026, 10, 25 + days).getDate()}\\b`);
  for (const days of [-6, 0, 6]) expect(short(days)).not.toMatch(/2026/);
  for (const days of [-300, -7, 7, 90]) {
    expect(short(days)).toMatch(date(days));
    expect(short(days)).toMatch(/202[67]/);
  }
  expect(shortOf('soon', now)).toBe('soon');
});
