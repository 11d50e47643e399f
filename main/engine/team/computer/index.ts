export { hooksOf, type TeamHooks } from './decision.ts';
export { invite, listMembers, removeMember, rotateKey } from './members.ts';
export { create, join, leave, settle, standBy, takeOver } from './membership.ts';
export { forgetStandby, inviteStandby } from './standbys.ts';
export { attempt, endAttempts, restartLater, startSide } from './start.ts';
export { receiverOf, rejectReplaced, standsBy, type TeamOptions, type TeamState } from './state.ts';
export { type Absence, absenceOf, presentProblem, statusOf } from './status.ts';
