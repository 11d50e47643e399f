import { BlockList, isIP } from 'node:net';
import { domainToASCII, domainToUnicode } from 'node:url';

/** Whether requests to a host and port are sent directly instead of through the proxy. */
export type Bypass = (host: string, port: number) => boolean;

/** Whether it is this computer, which is never reached through a proxy. */
export function isLoopback(host: string): boolean {
  const name = plainHost(host);
  return /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|::1|::ffff:7f[\da-f]{2}:[\da-f]{1,4})$/.test(name);
}

/**
 * The rule of a NO_PROXY list: names with all their subdomains, `*.name` for these alone, addresses, ranges with a
 * prefix length or netmask, `192.168.*`, `192.168.` and other names with `*`, `<local>` for names without a dot, `*`
 * for every host; each optionally with a port, a scheme, a path and quotes.
 */
export function parseBypass(entries: readonly string[]): Bypass {
  const rules = entries
    .map((entry) => entry.replace(/["']/g, '').trim().toLowerCase())
    .filter(Boolean)
    .map(parseEntry);
  return (host, port) => rules.some((matches) => matches(plainHost(host), port));
}

/** Splits a list at commas, semicolons, bars and white space. */
export function splitList(text: string): readonly string[] {
  return text.split(/[,;|\s]+/).filter(Boolean);
}

function parseEntry(entry: string): Bypass {
  if (entry === '*') return () => true;
  if (entry === '<local>') return (host) => isIP(host) === 0 && !host.includes('.');
  const plain = entry
    .replace(/^[a-z][a-z\d+.-]*:\/\//, '')
    // A path, as behind a name with a scheme; digits are a range.
    .replace(/\/(?!\d).*$/s, '')
    .replace(/(?<!:):$/, '')
    .replace(/^\[([^\]]+)\]\//, '$1/');
  const { name, port } = splitPort(plain);
  const matchesHost = rangeRule(name) ?? patternRule(name) ?? nameRule(name);
  return (host, at) => (port === undefined || port === at) && matchesHost(host);
}

function rangeRule(name: string): ((host: string) => boolean) | undefined {
  const [address = '', prefix] = name.split('/');
  const family = isIP(address);
  if (family === 0) return undefined;
  const longest = family === 6 ? 128 : 32;
  const length = prefix === undefined ? longest : (maskLength(prefix) ?? (/^\d+$/.test(prefix) ? Number(prefix) : -1));
  if (length < 0 || length > longest) return () => false;
  const range = new BlockList();
  const type = family === 6 ? 'ipv6' : 'ipv4';
  range.addSubnet(address, length, type);
  // An IPv4 address may be written as an IPv6 one (::ffff:10.0.0.1), in the list as well as in the request.
  const hasIPv4 = family === 4 || (length >= mappedPrefix && mapped.check(address, 'ipv6'));
  return (host) => (isIP(host) === 6 ? range.check(host, 'ipv6') : isIP(host) === 4 && hasIPv4 && range.check(host));
}

/** Bits before the IPv4 address within an IPv6 one. */
const mappedPrefix = 96;
const mapped = new BlockList();
mapped.addSubnet('::ffff:0:0', mappedPrefix, 'ipv6');

/** The length of the prefix in a netmask such as 255.255.0.0; undefined for other texts. */
function maskLength(mask: string): number | undefined {
  if (isIP(mask) !== 4) return undefined;
  const bits = mask.split('.').map((part) => Number(part).toString(2).padStart(8, '0'));
  const ones = bits.join('').replace(/0+$/, '');
  return ones.includes('0') ? -1 : ones.length;
}

/** Matches hosts with these parts in this order, and anything in place of the stars. */
function patternRule(name: string): ((host: string) => boolean) | undefined {
  if (/^(\d{1,3}\.){1,3}$/.test(name)) return (host) => isIP(host) === 4 && host.startsWith(name);
  if (!name.includes('*') || /^\*\.[^*]*$/.test(name)) return undefined;
  const [start = '', ...parts] = name.split('*');
  const end = parts.pop() ?? '';
  const matches = (host: string): boolean => {
    if (host.length < start.length + end.length || !host.startsWith(start) || !host.endsWith(end)) return false;
    let rest = host.slice(start.length, host.length - end.length);
    return parts.every((part) => {
      const at = rest.indexOf(part);
      if (at >= 0) rest = rest.slice(at + part.length);
      return at >= 0;
    });
  };
  return (host) => matches(host) || matches(domainToUnicode(host));
}

function nameRule(name: string): (host: string) => boolean {
  const isWildcard = name.startsWith('*');
  const plain = name.replace(/^\*?\./, '').replace(/\.$/, '');
  // Host names in requests are in punycode.
  const suffix = domainToASCII(plain) || plain;
  return (host) => host.endsWith(`.${suffix}`) || (!isWildcard && host === suffix);
}

function splitPort(entry: string): { readonly name: string; readonly port?: number } {
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(entry);
  const [, name, port] = bracketed ?? /^([^:]+):(\d{1,5})$/.exec(entry) ?? [undefined, entry];
  return { name: name ?? entry, ...(port === undefined ? {} : { port: Number(port) }) };
}

function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}
