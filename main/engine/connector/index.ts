export type { BrowseNote, Catalogue, Field, Outcome } from '../../../preload/contract/index.ts';
export type { BackupResult, BackupSupport } from './backups.ts';
export type { BrowseNode, BrowsePage, BrowseSupport } from './browse.ts';
export type { Connector, EventNoun, HelpLink, SampleDelivery, SampleRequest } from './connector.ts';
export type { Account, Context, Limitation } from './context.ts';
export type { Delivery, Reading } from './delivery.ts';
export type {
  HookChange,
  HookDraft,
  HookListing,
  HookReference,
  HookRequest,
  HookSupport,
  RemoteHook,
  RequestQuota,
} from './hooks.ts';
export type {
  JobFormat,
  JobLocation,
  JobMessage,
  JobOrder,
  JobOutput,
  JobReference,
  JobSource,
  JobState,
  JobStatus,
  JobSupport,
  JobUpdate,
} from './jobs.ts';
export type { MissedEvents, RecoverySupport, WatchedHook } from './recovery.ts';
export type { SignInSupport } from './sign-in.ts';
export type { RejectedDelivery, RejectionReason, Secret, VerifiedDelivery } from './verification.ts';
