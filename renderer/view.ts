import type { Hook } from '../preload/contract.ts';
import { createSignal, type Signal } from './signal.ts';

export const pages = ['events', 'hooks', 'jobs', 'backups', 'connections', 'settings'] as const;
export type Page = (typeof pages)[number];

/** What a form may begin with: a hook that exists, or as much of one as is known. */
export type HookModel = Pick<Hook, 'connection' | 'event'> & Partial<Omit<Hook, 'connection' | 'event'>>;

/** What the window shows; it is kept in memory only, the address stays free. */
export interface View {
  readonly page: Page;
  /** The event opened beside the list. */
  readonly event?: string;
  /** The hook opened beside the list. */
  readonly hook?: string;
  /** The backup opened beside the list. */
  readonly backup?: string;
  /** The job opened beside the list. */
  readonly job?: string;
  /** A form that stands open on arrival. */
  readonly form?: 'hook' | 'connection' | 'job';
  /** The connector that form begins with. */
  readonly connector?: string;
  /** The hook whose values that form begins with. */
  readonly like?: string;
  /** Else what that form begins with. */
  readonly begin?: HookModel;
}

export type ViewSignal = Signal<View>;

export function createView(): ViewSignal {
  return createSignal<View>({ page: 'events' });
}
