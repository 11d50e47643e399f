export { NotificationSection } from './notification-section.tsx';
export { notificationTexts } from './texts.en.ts';
