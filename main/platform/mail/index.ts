export { sendMail } from './lazy-mail.ts';
