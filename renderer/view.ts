import type { Hook } from '../preload/contract/index.ts';
import type { Signal } from './signal.ts';

export const pages = ['home', 'events', 'hooks', 'jobs', 'backups', 'connections', 'team', 'settings'] as const;
export type Page = (typeof pages)[number];

/** The initial values of a hook's form: an existing hook, or some of its values. */
export type HookModel = Pick<Hook, 'connection' | 'event'> & Partial<Omit<Hook, 'connection' | 'event'>>;

/** The state of the window: the page, the item open beside its list, and the open form. */
export type View =
  | HomeView
  | EventsView
  | HooksView
  | JobsView
  | BackupsView
  | ConnectionsView
  | TeamView
  | SettingsView;

interface HomeView {
  readonly page: 'home';
}

interface EventsView {
  readonly page: 'events';
  readonly event?: string;
  readonly tab?: 'rejected';
  /** The open rejected delivery. */
  readonly rejection?: string;
  /** The search and filters of the list, as typed: "outcome:failed tower". */
  readonly q?: string;
  /** The notification to whose events the list is limited. */
  readonly notification?: string;
}

interface HooksView {
  readonly page: 'hooks';
  readonly hook?: string;
  readonly form?: 'hook';
  /** The values that the form starts with. */
  readonly begin?: HookModel;
}

interface JobsView {
  readonly page: 'jobs';
  readonly job?: string;
  readonly form?: 'job';
}

interface BackupsView {
  readonly page: 'backups';
  readonly backup?: string;
}

interface ConnectionsView {
  readonly page: 'connections';
  readonly form?: 'connection';
  /** The connector that the form starts with. */
  readonly connector?: string;
}

interface TeamView {
  readonly page: 'team';
  readonly form?: 'create' | 'invite' | 'join' | 'server';
}

interface SettingsView {
  readonly page: 'settings';
}

export type ViewOf<P extends Page> = Extract<View, { readonly page: P }>;
export type ViewSignal = Signal<View>;
