import type { SendMail } from '../../engine/ports.ts';

/** Loads what speaks SMTP with the first mail: most hosts never send one. */
export const sendMail: SendMail = async (message, signal) => {
  const loaded = await import('./send-mail.ts');
  return loaded.sendMail(message, signal);
};
