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

/** What the window hears without asking. */
export type Change =
  | { readonly type: 'ready' }
  | { readonly type: 'status'; readonly status: Status }
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'connections' }
  | { readonly type: 'hooks' }
  | { readonly type: 'event'; readonly event: EventView }
  /** A gap was looked into. */
  | { readonly type: 'recovery' }
  | { readonly type: 'rejection'; readonly rejection: Rejection }
  | { readonly type: 'notification'; readonly notification: NotificationView }
  /** Notifications came or were seen. */
  | { readonly type: 'notifications'; readonly unseen: number }
  /** A backup began, moved on or was verified; progress comes at most four times a second. */
  | { readonly type: 'backup'; readonly backup: Backup }
  /** Accounts, plans or the place of backups changed. */
  | { readonly type: 'backups' }
  /** A job began or moved on. */
  | { readonly type: 'job'; readonly job: Job }
  /** One was taken from the list. */
  | { readonly type: 'jobs' }
  /** What waits to be removed has changed; with the outcome where some took effect. */
  | { readonly type: 'removals'; readonly outcome?: RemovalOutcome }
  /** The team, its connection or its members changed. */
  | { readonly type: 'team'; readonly team: TeamStatus }
  | { readonly type: 'updates'; readonly updates: UpdateStatus }
  /** A notification or tray entry was clicked: the window shows that event. */
  | { readonly type: 'open'; readonly event: string }
  /** A notification that stands for several events was clicked: the window shows exactly these. */
  | { readonly type: 'open-events'; readonly notification: string }
  /** A notification about backups was clicked: the window shows that page, and there this backup. */
  | { readonly type: 'open-backups'; readonly backup?: string }
  /** A notification or tray entry that leads to a page was clicked. */
  | { readonly type: 'open-page'; readonly page: Exclude<NotificationPage, 'backups'> | 'settings' }
  /** A notification about a job was clicked. */
  | { readonly type: 'open-job'; readonly job: string };

export type Answer<M extends MethodName> =
  | { readonly ok: true; readonly value: Output<M> }
  | { readonly ok: false; readonly problem: Problem };

/** What the window gets to talk to the main process: two verbs, nothing else. */
export interface Bridge {
  ask<M extends MethodName>(method: M, input: Input<M>): Promise<Answer<M>>;
  /** Returns the function that ends listening. */
  listen(listener: (change: Change) => void): () => void;
}
