import { RingbackError } from '../../engine/errors.ts';
import { type Fields, fields, list, text } from '../aps/index.ts';
import { browseMessages } from './messages.ts';
import { Part } from './node-address.ts';

/** One thing of the Data Management API. */
export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes: Fields;
  /** The kind the service itself gives it, such as "hubs:autodesk.bim360:Account". */
  readonly extension: string;
  /** The id of what it is related to under that name. */
  related(name: string): string | undefined;
}

export interface Warning {
  readonly status: string | undefined;
  readonly code: string | undefined;
  readonly words: string;
}

/** A list as it was answered. */
export interface Document {
  readonly data: readonly Resource[];
  readonly included: readonly Resource[];
  /** What was left out, and why; these come with success as well as with a rejection. */
  readonly warnings: readonly Warning[];
  /** As it stands there. */
  readonly next: string | undefined;
}

/** Reads JSON:API; throws "provider" for what is none. */
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

/** What has no usable id is passed over. */
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
