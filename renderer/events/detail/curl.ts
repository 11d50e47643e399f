import type { EventDetail } from '../../../preload/contract/index.ts';
import { isSecretHeader } from './secret-header.ts';

/** Headers that curl sets itself or that belong to the connection. */
const ownHeaders =
  /^(host|content-length|connection|transfer-encoding|accept-encoding|expect|via|forwarded|x-forwarded-.*|x-real-ip)$/;

/** A command that sends the exact body and its headers to this URL, without headers that may contain a secret. */
export function curlOf({ headers, body, bytes }: Pick<EventDetail, 'headers' | 'body' | 'bytes'>, url: string): string {
  const sent = Object.entries(headers).filter(([name]) => !ownHeaders.test(name) && !isSecretHeader(name));
  const data = bytes === undefined ? ['--data-raw', quoted(body)] : ['--data-binary', '@-'];
  const options = [...sent.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`), data.join(' ')];
  const command = `curl -X POST ${quoted(url)} \\\n  ${options.join(' \\\n  ')}`;
  return bytes === undefined ? command : `printf %s ${quoted(bytes)} | base64 -d | ${command}`;
}

/** Quotes an argument for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
