import { z } from 'zod';
import { MessageReference, method } from './common.ts';

const Passphrase = z.string().min(8).max(200);
/** Requests hold at most 1 MB. */
const Document = z.string().min(2).max(900_000);

const SavedExport = z.object({
  /** False where the user changed their mind. */
  saved: z.boolean(),
  /** Where it lies now. */
  file: z.string().optional(),
  /** A name for it, and its text, for a host that cannot save it itself. */
  name: z.string().optional(),
  text: z.string().optional(),
  /** Connections and hooks of which stored credentials could not be decrypted, so that they are not in the file. */
  undecryptable: z.array(z.string()).optional(),
});

const ImportStep = z.object({
  kind: z.enum(['settings', 'connection', 'plan', 'hook', 'rules', 'views']),
  /** The connection, the event of the hook, or empty. */
  name: z.string(),
  /** "incomplete": a connection whose credentials are to be entered; "waiting": a hook or plan of such a connection. */
  state: z.enum(['new', 'present', 'done', 'incomplete', 'waiting', 'failed']),
  /** Why it failed. */
  problem: z.string().optional(),
  problemMessage: MessageReference.optional(),
});

export type ImportStep = z.infer<typeof ImportStep>;

const ImportResult = z.object({
  /** True where credentials are in it, so that its passphrase is needed to use them. */
  encrypted: z.boolean(),
  /** False where they could not be used, because no passphrase was given. */
  decrypted: z.boolean(),
  steps: z.array(ImportStep),
});

export type ImportResult = z.infer<typeof ImportResult>;

export const transferMethods = {
  /**
   * Saves settings, connections, backup plans, hooks and notification rules in a file. Credentials are in it only under a
   * passphrase, and only where the host saves it itself: neither they nor their ciphertext reach the window.
   */
  'transfer.export': method(z.strictObject({ passphrase: Passphrase.optional() }), SavedExport),
  /** The text of the file, for the command line alone. */
  'transfer.text': method(
    z.strictObject({ passphrase: Passphrase.optional() }),
    SavedExport.pick({ text: true, undecryptable: true }).required({ text: true }),
  ),
  /**
   * Takes over what is in such a file and not here yet; with `dryRun` says what that would be. What failed or waits can be
   * imported again.
   */
  'transfer.import': method(
    z.strictObject({ text: Document, passphrase: z.string().max(200).optional(), dryRun: z.boolean().optional() }),
    ImportResult,
  ),
};
