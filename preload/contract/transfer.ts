import { z } from 'zod';
import { MessageReference, method } from './common.ts';

const Passphrase = z.string().min(8).max(200);
/** Requests are limited to 1 MB. */
const Document = z.string().min(2).max(900_000);

const SavedExport = z.object({
  /** False where the user cancelled. */
  saved: z.boolean(),
  /** The path of the saved file. */
  file: z.string().optional(),
  /** A file name and the text, where the host cannot save it. */
  name: z.string().optional(),
  text: z.string().optional(),
  /** Connections and hooks that are missing credentials in the file, because they could not be decrypted. */
  undecryptable: z.array(z.string()).optional(),
});

const ImportStep = z.object({
  kind: z.enum(['settings', 'connection', 'plan', 'hook', 'rules', 'views']),
  /** The name of the connection, the event of the hook, or empty. */
  name: z.string(),
  /** "incomplete": a connection whose credentials must be entered; "waiting": a hook or plan of such a connection. */
  state: z.enum(['new', 'present', 'done', 'incomplete', 'waiting', 'failed']),
  /** Why it failed. */
  problem: z.string().optional(),
  problemMessage: MessageReference.optional(),
});

export type ImportStep = z.infer<typeof ImportStep>;

const ImportResult = z.object({
  /** True where it contains credentials, for which its passphrase is needed. */
  encrypted: z.boolean(),
  /** False where they were not decrypted because no passphrase was given. */
  decrypted: z.boolean(),
  steps: z.array(ImportStep),
});

export type ImportResult = z.infer<typeof ImportResult>;

export const transferMethods = {
  /**
   * Saves settings, connections, backup plans, hooks and notification rules in a file. It contains credentials only
   * with a passphrase, and only where the host saves it: neither they nor their ciphertext reach the window.
   */
  'transfer.export': method(z.strictObject({ passphrase: Passphrase.optional() }), SavedExport),
  /** The text of the file, for the command line only. */
  'transfer.text': method(
    z.strictObject({ passphrase: Passphrase.optional() }),
    SavedExport.pick({ text: true, undecryptable: true }).required({ text: true }),
  ),
  /**
   * Imports what the file contains and this computer does not have; with `dryRun` returns what that would be. Steps that
   * failed or wait can be imported again.
   */
  'transfer.import': method(
    z.strictObject({ text: Document, passphrase: z.string().max(200).optional(), dryRun: z.boolean().optional() }),
    ImportResult,
  ),
};
