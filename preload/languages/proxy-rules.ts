import type { MessageParameters } from './catalogue.ts';

/**
 * For each of the common reverse proxies, the rule that passes the path as Ringback expects it; `added` is the path to
 * remove, or empty. The same in all languages.
 */
export function proxyRules({ added, target, port, pattern }: MessageParameters): readonly string[] {
  return [
    `nginx: location ${added}/ { proxy_pass ${target}/; }`,
    added === ''
      ? `Caddy: reverse_proxy 127.0.0.1:${port}`
      : `Caddy: handle_path ${added}/* {\n  reverse_proxy 127.0.0.1:${port}\n}`,
    // Must follow all other rules for the path, since it removes what they add.
    String.raw`HAProxy: http-request replace-path .*/in/+([0-9a-f]{32}).* /in/\1`,
    `Apache: ProxyPass "${added}/" "${target}/"`,
    `IIS: <match url="${pattern}" /> <action type="Rewrite" url="${target}/{R:1}" />`,
  ];
}
