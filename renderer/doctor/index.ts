export { DoctorButton } from './doctor-button.tsx';
export { InactivityChoice } from './inactivity-choice.tsx';
export { RecoveryHistory } from './recovery-history.tsx';
export { doctorTexts } from './texts.en.ts';
