import { expect, test } from 'vitest';
import { isLoopback, parseBypass } from '../../../main/platform/network/bypass.ts';
import { parseProxy } from '../../../main/platform/network/proxy.ts';
import { environmentRoutes, parsePac } from '../../../main/platform/network/routes.ts';

test.for([
  ['proxy.example', { protocol: 'http:', host: 'proxy.example', port: 80 }],
  ['proxy.example:3128', { protocol: 'http:', host: 'proxy.example', port: 3128 }],
  ['http://proxy.example:80/', { protocol: 'http:', host: 'proxy.example', port: 80 }],
  ['https://proxy.example', { protocol: 'https:', host: 'proxy.example', port: 443 }],
  ['https://proxy.example:80', { protocol: 'https:', host: 'proxy.example', port: 80 }],
  ['http://[::1]:8080', { protocol: 'http:', host: '[::1]', port: 8080 }],
  ['socks5://proxy.example:1080', { protocol: 'unsupported', host: 'proxy.example', port: 1080 }],
  [
    'http://user:p%40ss@proxy.example:1',
    { protocol: 'http:', host: 'proxy.example', port: 1, authorization: 'Basic dXNlcjpwQHNz' },
  ],
  [
    'http://ACME\\ann:p#ss/w@rd@proxy.example:3128',
    {
      protocol: 'http:',
      host: 'proxy.example',
      port: 3128,
      authorization: `Basic ${Buffer.from('ACME\\ann:p#ss/w@rd').toString('base64')}`,
    },
  ],
  ['http://proxy.example:3128/proxy.pac', { protocol: 'http:', host: 'proxy.example', port: 3128 }],
  ['"http://proxy.example:3128"', { protocol: 'http:', host: 'proxy.example', port: 3128 }],
  ['http://proxy:3128/wpad?user=a@b.example', { protocol: 'http:', host: 'proxy', port: 3128 }],
  ['https://[::1]:3128/#a@b', { protocol: 'https:', host: '[::1]', port: 3128 }],
  ['proxy.example/wpad?user=a@b.example', { protocol: 'http:', host: 'proxy.example', port: 80 }],
  [
    'ann:/pw@proxy',
    { protocol: 'http:', host: 'proxy', port: 80, authorization: `Basic ${Buffer.from('ann:/pw').toString('base64')}` },
  ],
  [
    'ann:2024/pw@proxy:3128',
    {
      protocol: 'http:',
      host: 'proxy',
      port: 3128,
      authorization: `Basic ${Buffer.from('ann:2024/pw').toString('base64')}`,
    },
  ],
  [
    'ACME/ann:pw?@proxy',
    {
      protocol: 'http:',
      host: 'proxy',
      port: 80,
      authorization: `Basic ${Buffer.from('ACME/ann:pw?').toString('base64')}`,
    },
  ],
  ['http:/proxy.example:3128', { protocol: 'http:', host: 'proxy.example', port: 3128 }],
  ['http://', undefined],
  ['http://a b', undefined],
] as const)('the proxy of %s', ([text, proxy]) => {
  expect(parseProxy(text)).toEqual(proxy);
});

test.for([
  ['DIRECT', ['direct']],
  ['', ['direct']],
  ['PROXY a.example:8080; DIRECT', [{ protocol: 'http:', host: 'a.example', port: 8080 }, 'direct']],
  ['HTTPS a.example:443', [{ protocol: 'https:', host: 'a.example', port: 443 }]],
  ['SOCKS a.example:1080', [{ protocol: 'unsupported', host: 'a.example', port: 1080 }]],
] as const)('the routes of the PAC answer "%s"', ([answer, routes]) => {
  expect(parsePac(answer)).toEqual(routes);
});

test.for([
  ['acme.example', 'acme.example', 443, true],
  ['acme.example', 'api.acme.example', 443, true],
  ['acme.example', 'notacme.example', 443, false],
  ['.acme.example', 'acme.example', 443, true],
  ['*.acme.example', 'api.acme.example', 443, true],
  ['*.acme.example', 'acme.example', 443, false],
  ['ACME.example.', 'acme.example', 443, true],
  ['acme.example:8443', 'acme.example', 443, false],
  ['acme.example:8443', 'acme.example', 8443, true],
  ['10.0.0.0/8', '10.20.30.40', 443, true],
  ['10.0.0.0/8', '11.0.0.1', 443, false],
  ['10.0.0.0/99', '10.0.0.1', 443, false],
  ['fd00::/8', '[fd12::1]', 443, true],
  ['[fd12::1]:8443', '[fd12::1]', 8443, true],
  ['<local>', 'intranet', 80, true],
  ['<local>', 'intranet.example', 80, false],
  ['*', 'anything.example', 80, true],
] as const)('the bypass entry %s and %s:%i', ([entry, host, port, matches]) => {
  expect(parseBypass([entry])(host, port)).toBe(matches);
});

test.for([
  ['localhost', true],
  ['app.localhost', true],
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['[::1]', true],
  ['[::ffff:7f00:1]', true],
  ['[::ffff:808:808]', false],
  ['localhost.example', false],
  ['128.0.0.1', false],
] as const)('%s is this computer: %s', ([host, expected]) => {
  expect(isLoopback(host)).toBe(expected);
});

test('names in lower case come first, and HTTPS_PROXY is for https alone', async () => {
  const routes = environmentRoutes({ https_proxy: 'a:1', HTTPS_PROXY: 'b:2' });
  expect(await routes(new URL('https://api.example/'))).toMatchObject([{ host: 'a' }]);
  expect(await routes(new URL('http://api.example/'))).toEqual(['direct']);
});
