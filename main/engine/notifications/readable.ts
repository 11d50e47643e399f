import type { NotificationView } from '../../../preload/contract/index.ts';
import type { Language } from '../../../preload/languages/index.ts';
import type { Row } from '../storage/index.ts';
import { translated } from './display.ts';
import { subjectOfNotification } from './policy.ts';
import { toNotification } from './view.ts';

/** A stored notification in the user's language. */
export interface ReadableNotification extends NotificationView {
  /** It is of a failure. */
  readonly failed: boolean;
}

export function readNotification(row: Row, language: Language): ReadableNotification {
  const failed = subjectOfNotification(row)?.outcome === 'failed';
  return { ...translated(toNotification(row), language), failed };
}
