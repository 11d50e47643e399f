export { clean, type Defined } from './clean.ts';
export { CopiedHooks } from './copy.ts';
export {
  type HookRecord,
  type OtherRegistration,
  type Registration,
  registrationAt,
  registrationsOf,
} from './record.ts';
export { type HookRecordChange, type HookRecords, openHookRecords } from './records.ts';
export { addressIn, isAt, isRegistrationOf, isThere, wasListed } from './remote-match.ts';
