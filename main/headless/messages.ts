import { defineMessages } from '../engine/messages/index.ts';

interface Variable {
  readonly variable: string;
  readonly text: string;
}

/** Why the host cannot start as it was told to. */
export const headlessMessages = defineMessages('headless', {
  portInUse: ({ port }: { port: number }) =>
    `Port ${port} is in use by another program. Close it, or set RINGBACK_PORT to another port.`,
  portUnusable: ({ port, code }: { port: number; code: string }) =>
    `Port ${port} cannot be used (${code}). Set RINGBACK_PORT to another port.`,
  configurationUnreadable: ({ file, detail }: { file: string; detail: string }) =>
    `The configuration file ${file} cannot be read (${detail}).`,
  noAddress: ({ variable, text }: Variable) => `${variable} must be an IP address, not "${text}".`,
  noLogFormat: ({ variable, text }: Variable) => `${variable} must be text or json, not "${text}".`,
  noFlag: ({ variable, text }: Variable) => `${variable} must be 1 or 0, not "${text}".`,
  noPort: ({ variable, text }: Variable) => `${variable} must be a port number from 0 to 65535, not "${text}".`,
  /** `value` is what it must be, in English; the text is empty where it may hold a password. */
  noSetting: ({ variable, text, value }: Variable & { value: string }) =>
    `${variable} must be ${value}${text && `, not "${text}"`}.`,
});
