import { hash } from 'node:crypto';
import type { Delivery, Reading } from '../../engine/connector/index.ts';
import { messageMembers } from '../../engine/messages/index.ts';
import { apsMessages } from './messages.ts';
import { shortId } from './names.ts';
import { clean, type Fields, fields, parseTime, text } from './payload.ts';

/** A CloudEvent 1.0 in structured JSON mode; the content type is ignored. */
export interface CloudEvent {
  readonly id: string;
  /** Two events with the same source and id are the same event. */
  readonly source: string;
  readonly type: string;
  readonly subject: string | undefined;
  /** Milliseconds since 1970. */
  readonly time: number | undefined;
  readonly data: Fields;
}

/** Undefined for anything but a valid CloudEvent of version 1. */
export function cloudEventIn(root: Fields): CloudEvent | undefined {
  const { specversion, id, source, type } = root;
  if (typeof specversion !== 'string' || !/^1\.\d+$/.test(specversion)) return undefined;
  if (!isText(id) || !isText(source) || !isText(type)) return undefined;
  return { id, source, type, subject: text(root, 'subject'), time: parseTime(root.time), data: fields(root.data) };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Describes any CloudEvent by its type, subject and time. */
export function readCloudEvent(event: CloudEvent, { nameOf }: Pick<Delivery, 'nameOf'>): Reading {
  const { type, subject, source, time } = event;
  const about = subject && (nameOf(subject) ?? shortId(subject));
  return {
    event: type,
    title: clean(about ? `${type}: ${about}` : type, 200),
    ...messageMembers('summary', apsMessages.sentBy({ source: clean(source, 480) })),
    outcome: 'info',
    identity: cloudEventIdentity(event),
    ...(subject ? { resource: subject } : {}),
    ...(time === undefined ? {} : { time }),
  };
}

export function cloudEventIdentity({ source, id }: CloudEvent): string {
  return hash('sha256', JSON.stringify([source, id]), 'base64url');
}
