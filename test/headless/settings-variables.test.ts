import { expect, test } from 'vitest';
import { readSettings, settingVariables } from '../../main/headless/settings-variables.ts';

test('every setting that a server has can be set by a variable', () => {
  const change = readSettings({
    RINGBACK_TUNNEL: 'https://ringback.example',
    RINGBACK_TUNNEL_FALLBACKS: '[{"provider":"localtunnel","host":"https://localtunnel.example"}]',
    RINGBACK_TUNNEL_WHEN_NEEDED: '1',
    RINGBACK_RECEIVER_PORT: '8300',
    RINGBACK_NOTIFICATIONS_ENABLED: 'false',
    RINGBACK_NOTIFICATIONS_PAUSED_UNTIL: 'null',
    RINGBACK_NOTIFICATIONS_QUIET_HOURS: '{"from":"22:00","to":"07:00"}',
    RINGBACK_NOTIFICATIONS_DIGEST_AT: '08:30',
    RINGBACK_RETENTION_DAYS: '30',
    RINGBACK_BACKUPS_PATIENCE_HOURS: '0.5',
    RINGBACK_BACKUPS_VERIFY_WEEKLY: '0',
    RINGBACK_LANGUAGE: 'nl',
    RINGBACK_NETWORK_PROXY: '{"mode":"manual","url":"http://proxy.example:8080"}',
  });
  expect(change).toEqual({
    tunnel: { provider: 'fixed', url: 'https://ringback.example' },
    tunnelFallbacks: [{ provider: 'localtunnel', host: 'https://localtunnel.example' }],
    tunnelWhenNeeded: true,
    receiver: { port: 8300 },
    notifications: {
      enabled: false,
      pausedUntil: null,
      quietHours: { from: '22:00', to: '07:00' },
      digestAt: '08:30',
    },
    retention: { days: 30 },
    backups: { patienceHours: 0.5, verifyWeekly: false },
    language: 'nl',
    network: { proxy: { mode: 'manual', url: 'http://proxy.example:8080' } },
  });
});

test('a tunnel is off, a public address, or JSON', () => {
  const tunnelIn = (text: string) => readSettings({ RINGBACK_TUNNEL: text }).tunnel;
  expect(tunnelIn('off')).toEqual({ provider: 'off' });
  expect(tunnelIn('{"provider":"ssh","destination":"me@relay.example"}')).toMatchObject({ provider: 'ssh' });
});

test('what is empty sets nothing, and no name stands for two settings', () => {
  expect(readSettings({ RINGBACK_RETENTION_DAYS: '', RINGBACK_TUNNEL: undefined })).toEqual({});
  const names = settingVariables.map(([name]) => name);
  expect(new Set(names).size).toBe(names.length);
});

test('a rejected proxy is not repeated: it may hold a password', () => {
  const proxy = '{"mode":"manual","url":"ftp://proxy.example","password":"hunter2"}';
  const read = () => readSettings({ RINGBACK_NETWORK_PROXY: proxy });
  expect(read).toThrow('RINGBACK_NETWORK_PROXY must be JSON such as');
  expect(read).not.toThrow('hunter2');
});
