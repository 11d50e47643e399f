import { expect, test } from 'vitest';
import { parseBypass } from '../../../main/platform/network/bypass.ts';

const isBypassed = (list: string, url: string): boolean => {
  const { hostname, port } = new URL(url);
  return parseBypass([list])(hostname, Number(port || 443));
};

test.each([
  ['.example.com', 'https://a.example.com'],
  ['EXAMPLE.com.', 'https://example.com'],
  ['*', 'https://a.example'],
  ['*:8443', 'https://a.example:8443'],
  ['*.example.com:8443', 'https://a.example.com:8443'],
  ['192.168.*', 'https://192.168.3.4'],
  ['10.*.*.7', 'https://10.1.2.7'],
  ['*intra*', 'https://my-intranet.example'],
  ['10.0.0.0/8', 'https://10.2.3.4'],
  ['[2001:db8:0:0::1]', 'https://[2001:db8::1]'],
  ['[2001:db8::1]:8443', 'https://[2001:db8::1]:8443'],
  ['[2001:db8::]/32', 'https://[2001:db8::9]'],
  ['2001:DB8::/32', 'https://[2001:db8::9]'],
  ['büro.example', 'https://büro.example'],
  ['http://a.example', 'https://a.example'],
  ['https://a.example:8443/', 'https://a.example:8443'],
  ['a.example:', 'https://a.example'],
  ['"a.example"', 'https://a.example'],
  ['10.1.0.0/255.255.0.0', 'https://10.1.9.9'],
  ['10.1.2.3/', 'https://10.1.2.3'],
  ['192.168.', 'https://192.168.3.4'],
  ['10.1.2.3', 'https://[::ffff:a01:203]'],
  ['bü*.example', 'https://büro.example'],
  ['::ffff:10.1.2.3', 'https://10.1.2.3'],
  ['::ffff:10.1.0.0/112', 'https://10.1.2.3'],
  ['::/0', 'https://[2001:db8::1]'],
])('%s leads %s past the proxy', (list, url) => {
  expect(isBypassed(list, url)).toBe(true);
});

test.each([
  ['example.com', 'https://notexample.com'],
  ['*.example.com', 'https://example.com'],
  ['*:8443', 'https://a.example'],
  ['192.168.*', 'https://192.169.3.4'],
  ['10.*.10.1', 'https://10.1'],
  ['a*b*c', 'https://acb'],
  ['[2001:db8::1]:8443', 'https://[2001:db8::1]'],
  ['10.0.0.0/33', 'https://10.0.0.1'],
  ['10.1.2.3/', 'https://11.1.2.3'],
  ['10.1.0.0/255.255.0.0', 'https://10.2.0.1'],
  ['10.1.0.0/255.0.255.0', 'https://10.1.0.1'],
  ['192.168.', 'https://192.168.example'],
  ['fd00::', 'https://[fd00::1]'],
  ['::/0', 'https://10.0.0.1'],
  ['::/64', 'https://10.0.0.1'],
  ['::ffff:10.1.0.0/80', 'https://11.0.0.1'],
])('%s leads %s through it', (list, url) => {
  expect(isBypassed(list, url)).toBe(false);
});
