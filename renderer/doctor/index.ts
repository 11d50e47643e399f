export { DoctorButton } from './doctor-button.tsx';
export { RecoveryHistory } from './recovery-history.tsx';
export { SilenceChoice } from './silence-choice.tsx';
