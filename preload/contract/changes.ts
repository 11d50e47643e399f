import type { Backup } from './backups.ts';
import type { Problem } from './common.ts';
import type { EventView, NotificationPage, NotificationView, Rejection } from './events.ts';
import type { Job } from './jobs.ts';
import type { Input, MethodName, Output } from './methods.ts';
import type { RemovalOutcome } from './removals.ts';
import type { Settings } from './settings.ts';
import type { Status } from './status.ts';
import type { TeamStatus } from './team.ts';
import type { UpdateStatus } from './updates.ts';

/** The changes that the window receives without a request. */
export type Change =
  | { readonly type: 'ready' }
  | { readonly type: 'status'; readonly status: Status }
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'connections' }
  | { readonly type: 'hooks' }
  | { readonly type: 'event'; readonly event: EventView }
  /** The events of a gap were requested from the provider. */
  | { readonly type: 'recovery' }
  | { readonly type: 'rejection'; readonly rejection: Rejection }
  | { readonly type: 'notification'; readonly notification: NotificationView }
  /** Notifications were added or seen. */
  | { readonly type: 'notifications'; readonly unseen: number }
  /** A backup started, made progress or ended; progress is sent at most four times a second. */
  | { readonly type: 'backup'; readonly backup: Backup }
  /** Accounts, plans or the folder of backups changed. */
  | { readonly type: 'backups' }
  /** A job started or made progress. */
  | { readonly type: 'job'; readonly job: Job }
  /** A job was removed from the list. */
  | { readonly type: 'jobs' }
  /** The pending removals changed; with the outcome where some took effect. */
  | { readonly type: 'removals'; readonly outcome?: RemovalOutcome }
  /** The team, its connection or its members changed. */
  | { readonly type: 'team'; readonly team: TeamStatus }
  | { readonly type: 'updates'; readonly updates: UpdateStatus }
  /** A notification or tray entry was clicked: opens that event. */
  | { readonly type: 'open'; readonly event: string }
  /** A notification about several events was clicked: lists exactly these. */
  | { readonly type: 'open-events'; readonly notification: string }
  /** A notification about backups was clicked: opens the page, with this backup. */
  | { readonly type: 'open-backups'; readonly backup?: string }
  /** A notification or tray entry about a page was clicked. */
  | { readonly type: 'open-page'; readonly page: Exclude<NotificationPage, 'backups'> | 'settings' }
  /** A notification about a job was clicked. */
  | { readonly type: 'open-job'; readonly job: string };

export type Answer<M extends MethodName> =
  | { readonly ok: true; readonly value: Output<M> }
  | { readonly ok: false; readonly problem: Problem };

/** The window's access to the main process: two methods. */
export interface Bridge {
  ask<M extends MethodName>(method: M, input: Input<M>): Promise<Answer<M>>;
  /** Returns a function that removes the listener. */
  listen(listener: (change: Change) => void): () => void;
}
