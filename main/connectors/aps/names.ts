import { clean } from './payload.ts';

/**
 * The key under which a file's name is stored: its lineage. It is derived from a version URN
 * (`fs.file:vf.<id>?version=3` → `dm.lineage:<id>`), so that all versions and the cloud model share one name.
 */
export function fileKey(urn: string): string {
  return urn.replace(/\?.*$/s, '').replace(/:fs\.file:vf\./, ':dm.lineage:');
}

/** The first characters of the identifying part of a URN, for titles. */
export function shortId(id: string): string {
  const last =
    id
      .replace(/[?#].*$/s, '')
      .split(/[:/]/)
      .filter(Boolean)
      .at(-1) ?? '';
  return clean(last.replace(/^(vf|co)\./, ''), 100).slice(0, 8);
}

/** Something by its name, or by the first characters of its id; both are empty where neither is known. */
export function named(
  name: string | undefined,
  id: string | undefined,
): { readonly name: string; readonly id: string } {
  return { name: name ?? '', id: id === undefined ? '' : shortId(id) };
}

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const technical = new RegExp(`^${uuid}(-(account-)?root-folder)?$`, 'i');

/** Whether it is a technical folder of the service, such as "<project id>-root-folder". */
export function isTechnical(folder: string): boolean {
  return technical.test(folder);
}

/** Decodes a URN in base64url or standard Base64, with or without padding; undefined for anything else. */
export function decodeUrn(encoded: string): string | undefined {
  if (encoded.startsWith('urn:')) return encoded;
  if (!/^[\w+/=-]+$/.test(encoded)) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  return text.startsWith('urn:') && !text.includes('\ufffd') ? text : undefined;
}

/** The object key in `urn:adsk.objects:os.object:<bucket>/<key>`. */
export function objectKey(urn: string): string | undefined {
  const [, key] = /^urn:[^:]+:os\.object:[^/]+\/(.+)$/s.exec(urn) ?? [];
  if (key === undefined) return undefined;
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}
