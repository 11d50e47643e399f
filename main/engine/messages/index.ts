export { alertMessages } from './alerts.ts';
export { accessMessages, describeInput } from './api/index.ts';
export { backupMessages } from './backups.ts';
export { connectionMessages } from './connections.ts';
export { doctorMessages } from './doctor.ts';
export { downloadMessages } from './download.ts';
export { engineMessages } from './engine.ts';
export { forwardMessages } from './forward.ts';
export { hookMessages } from './hooks.ts';
export { ingressMessages, rejectionMessages } from './ingress.ts';
export { installationMessages, transferMessages } from './installation.ts';
export { jobMessages } from './jobs.ts';
export { leaveMessages, removalMessages } from './leave.ts';
export {
  causeMessage,
  defineMessages,
  defineTexts,
  followedBy,
  type Message,
  type MessageParameters,
  messageCodes,
  messageMembers,
  problemMembers,
  quote,
  referenceOf,
  storedMessage,
  withCause,
} from './message.ts';
export { describeNetworkFailure, type NetworkFailure, networkMessages, proxyMessages } from './network.ts';
export { notFoundMessages } from './not-found.ts';
export { notificationMessages } from './notifications.ts';
export {
  escapeMarkup,
  maskAddresses,
  maskHeaders,
  maskLinks,
  maskSecrets,
  shorten,
  shownText,
} from './quoted/index.ts';
export { recoveryMessages } from './recovery.ts';
export { storageMessages } from './storage.ts';
export { supportMessages } from './support.ts';
export { teamMessages } from './team.ts';
export { translateMessage } from './translate.ts';
export { type ProgramOutcome, tunnelMessages, tunnelUnavailable } from './tunnel.ts';
export { updateMessages } from './updates.ts';
