import type { JobSource } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { decodeUrn, fileKey, objectKey } from '../aps/index.ts';

/** What a pasted text names: a URN as it is or percent-encoded, its Base64 in any spelling, also as viewers write it ("urn:dXJu…"). */
export function source(text: string): JobSource {
  const urn = urnIn(text.trim());
  if (urn === undefined) {
    throw invalid(
      'This is no URN of a file. Paste one such as urn:adsk.objects:os.object:bucket/file, the URN of a version, or its Base64.',
    );
  }
  refuseWhatIsNoVersion(urn);
  const name = objectKey(urn)?.split('/').at(-1);
  return {
    urn: Buffer.from(urn).toString('base64url'),
    resource: fileKey(urn),
    ...(name ? { name } : {}),
    ...(/^urn:adsk\.wipemea:/.test(urn) ? { region: 'EMEA' } : {}),
  };
}

function urnIn(text: string): string | undefined {
  if (/^urn%3A/i.test(text)) return urnIn(decoded(text));
  const encoded = text.replace(/^urn:(?=[\w+/=-]+$)/, '').replace(/\s+/g, '');
  const urn = text.startsWith('urn:adsk') ? text : decodeUrn(encoded);
  return urn && /^urn:adsk[\w.-]*:[\w.-]+:.+/s.test(urn) && !/[\p{Cc}]/u.test(urn) ? urn : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function refuseWhatIsNoVersion(urn: string): void {
  if (/:fs\.folder:|:dm\.folder:/.test(urn)) {
    throw invalid('This URN names a folder. Translations are made of files: paste the URN of a file’s version.');
  }
  if (/:dm\.lineage:/.test(urn) || (/:fs\.file:/.test(urn) && !/\?version=\d+$/.test(urn))) {
    throw invalid(
      'This URN names a file with all its versions. A translation is made of one: the URN that ends in ?version= and a number.',
    );
  }
}

function invalid(message: string): RingbackError {
  return new RingbackError('invalid-input', message);
}
