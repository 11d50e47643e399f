import { RingbackError } from '../../engine/errors.ts';
import { type Fields, fields, list, text } from '../aps/index.ts';
import { browseMessages } from './messages.ts';
import { Part } from './node-address.ts';

/** A resource object of JSON:API. */
export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes: Fields;
  /** The extension type, such as "hubs:autodesk.bim360:Account". */
  readonly extension: string;
  /** The id of the resource to which the relationship of that name refers. */
  related(name: string): string | undefined;
}

export interface Warning {
  readonly status: string | undefined;
  readonly code: string | undefined;
  readonly words: string;
}

/** A JSON:API document with a list of resources. */
export interface Document {
  readonly data: readonly Resource[];
  readonly included: readonly Resource[];
  /** Reasons why resources are missing from the list; present in successful and in rejected responses. */
  readonly warnings: readonly Warning[];
  /** The link to the next page, unparsed. */
  readonly next: string | undefined;
}

/** Parses a JSON:API document; throws "provider" for anything else. */
export function readDocument(body: unknown): Document {
  const document = fields(body);
  if (!Array.isArray(document.data)) {
    throw new RingbackError('provider', browseMessages.notList());
  }
  return {
    data: document.data.flatMap(readResource),
    included: list(document.included).flatMap(readResource),
    warnings: warningsIn(body),
    next: text(fields(fields(document.links).next), 'href') ?? text(fields(document.links), 'next'),
  };
}

export function warningsIn(body: unknown): readonly Warning[] {
  return list(fields(fields(body).meta).warnings).map((value) => {
    const warning = fields(value);
    const words = [text(warning, 'Title', 'title'), text(warning, 'Detail', 'detail')].filter(Boolean).join(' ');
    return { status: text(warning, 'HttpStatusCode'), code: text(warning, 'ErrorCode'), words };
  });
}

/** Ignores entries without a usable id. */
function readResource(value: unknown): Resource[] {
  const resource = fields(value);
  const id = Part.safeParse(resource.id);
  if (!id.success) return [];
  const attributes = fields(resource.attributes);
  const relationships = fields(resource.relationships);
  return [
    {
      type: text(resource, 'type') ?? '',
      id: id.data,
      attributes,
      extension: text(fields(attributes.extension), 'type') ?? '',
      related: (name) => text(fields(fields(relationships[name]).data), 'id'),
    },
  ];
}
