import { clean } from './payload.ts';

/**
 * The key under which a file's name is kept: its lineage. A version URN tells it
 * (`fs.file:vf.<id>?version=3` → `dm.lineage:<id>`), so that all versions and the cloud model share one name.
 */
export function fileKey(urn: string): string {
  return urn.replace(/\?.*$/s, '').replace(/:fs\.file:vf\./, ':dm.lineage:');
}

/** The first characters of the identifying part: enough to tell things apart, never a long URN. */
export function shortId(id: string): string {
  const last =
    id
      .replace(/[?#].*$/s, '')
      .split(/[:/]/)
      .filter(Boolean)
      .at(-1) ?? '';
  return clean(last.replace(/^(vf|co)\./, ''), 100).slice(0, 8);
}

/** "File 4qsCZu1n": what a thing is called where no name is known. */
export function nameless(what: string, id: string | undefined): string {
  const short = id === undefined ? '' : shortId(id);
  return short ? `${what} ${short}` : what;
}

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const technical = new RegExp(`^${uuid}(-(account-)?root-folder)?$`, 'i');

/** True for folders the service keeps for itself, as "<project id>-root-folder". */
export function isTechnical(folder: string): boolean {
  return technical.test(folder);
}

/** The URN inside a base64url text, with or without padding, standard Base64 tolerated; undefined where there is none. */
export function decodeUrn(encoded: string): string | undefined {
  if (encoded.startsWith('urn:')) return encoded;
  if (!/^[\w+/=-]+$/.test(encoded)) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  return text.startsWith('urn:') && !text.includes('\ufffd') ? text : undefined;
}

/** The object key of `urn:adsk.objects:os.object:<bucket>/<key>`. */
export function objectKey(urn: string): string | undefined {
  const [, key] = /^urn:[^:]+:os\.object:[^/]+\/(.+)$/s.exec(urn) ?? [];
  if (key === undefined) return undefined;
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}
