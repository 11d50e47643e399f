import type { SendMail } from '../../engine/ports.ts';

/** Loads the SMTP client for the first mail, since most hosts never send one. */
export const sendMail: SendMail = async (message, signal) => {
  const loaded = await import('./send-mail.ts');
  return loaded.sendMail(message, signal);
};
