/**
 * The contract between window and engine: all requests, changes and records, each with schema and type. Times are ISO
 * 8601 strings in UTC. Ids are opaque.
 */

export {
  Backup,
  BackupAccount,
  type BackupFolder,
  BackupPlan,
  type BackupState,
  type PrunePreview,
  type RetentionPolicy,
  type Schedule,
} from './backups.ts';
export type { Answer, Bridge, Change } from './changes.ts';
export {
  ForwardOrder,
  ForwardUrl,
  isSafeAddress,
  Limitation,
  MessageReference,
  normalizeAddress,
  Outcome,
  Problem,
  type ProblemCode,
} from './common.ts';
export {
  type BrowseKind,
  type BrowseNode,
  type BrowseNote,
  type BrowsePage,
  Catalogue,
  Connection,
  ConnectorInfo,
  type ConnectorLink,
  Field,
} from './connections.ts';
export type { DiagnosticReport, Finding, Recovery } from './doctor.ts';
export {
  type EventCounts,
  EventDetail,
  EventView,
  type ForwardAttempt,
  NotificationAction,
  NotificationPage,
  NotificationView,
  Rejection,
  RejectionDetail,
} from './events.ts';
export {
  Hook,
  type HookAction,
  HookHistoryEntry,
  HookPlan,
  HookPlanStep,
  type HookProblem,
  type Inactivity,
  type InactivityRule,
  ReconcileProgress,
} from './hooks.ts';
export { Job, JobDetail, type JobState } from './jobs.ts';
export { type Input, type MethodName, type Methods, methods, type Output, type ParsedInput } from './methods.ts';
export { type ModeCounts, NotificationMode, NotificationRule } from './notifications.ts';
export type { HeldRemoval, Removal, RemovalOutcome } from './removals.ts';
export { type Requirement, requirements } from './requirements.ts';
export {
  defaultRetentionMegabytes,
  defaultSettings,
  type NetworkChange,
  type NetworkSettings,
  QuietHours,
  type SavedView,
  Settings,
  SettingsChange,
  TunnelSettings,
} from './settings.ts';
export { SinkTarget, type SinkView } from './sinks.ts';
export { Status, type TunnelLink, TunnelStatus, Warning } from './status.ts';
export { TeamFilter, TeamMember, TeamStatus } from './team.ts';
export type { ImportResult, ImportStep } from './transfer.ts';
export { defaultUpdateSettings, UpdateSettings, UpdateStatus } from './updates.ts';
