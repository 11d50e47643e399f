import type { JobSource } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import type { Message } from '../../engine/messages/index.ts';
import { decodeUrn, fileKey, objectKey } from '../aps/index.ts';
import { derivativeMessages } from './messages.ts';

/**
 * Parses a pasted source: a URN, plain or percent-encoded, or its Base64 in either alphabet, with or without the "urn:"
 * of viewers ("urn:dXJu…").
 */
export function source(text: string): JobSource {
  const urn = urnIn(text.trim());
  if (urn === undefined) {
    throw invalid(derivativeMessages.noUrn());
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
    throw invalid(derivativeMessages.folderUrn());
  }
  if (/:dm\.lineage:/.test(urn) || (/:fs\.file:/.test(urn) && !/\?version=\d+$/.test(urn))) {
    throw invalid(derivativeMessages.lineageUrn());
  }
}

function invalid(message: Message): RingbackError {
  return new RingbackError('invalid-input', message);
}
