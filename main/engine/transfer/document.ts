import { z } from 'zod';
import { BackupPlan, ForwardOrder, ForwardUrl, methods, NotificationRule } from '../../../preload/contract/index.ts';
import { RingbackError } from '../errors.ts';
import { transferMessages } from '../messages/index.ts';
import { EncryptedDocument } from './passphrase.ts';

const newestVersion = 1;

const ExportedHook = methods['hooks.create'].input.omit({ connection: true }).extend({
  /** Its id on the exporting computer, by which rules refer to it. */
  id: z.string(),
  forward: z
    .object({ url: ForwardUrl, enabled: z.boolean(), signed: z.boolean(), order: ForwardOrder.optional() })
    .optional(),
  paused: z.boolean().optional(),
});

const ExportedConnection = methods['connections.add'].input.omit({ secrets: true }).extend({
  /** Its id on the exporting computer. */
  id: z.string(),
  plan: BackupPlan.optional(),
  hooks: z.array(ExportedHook),
});

const ExportDocument = z.object({
  ringback: z.literal('export'),
  version: z.literal(newestVersion),
  exportedAt: z.iso.datetime(),
  settings: methods['settings.set'].input,
  connections: z.array(ExportedConnection),
  rules: z.array(NotificationRule),
  /** `TransferSecrets` under a passphrase. */
  secrets: EncryptedDocument.optional(),
});

export type ExportedHook = z.infer<typeof ExportedHook>;
export type ExportedConnection = z.infer<typeof ExportedConnection>;
/** What is exported to another computer: settings, connections, plans, hooks and rules. */
export type ExportDocument = z.infer<typeof ExportDocument>;

/** The secrets of connections and of forwards, by the ids of their connections and hooks, then by name. */
export const TransferSecrets = z.object({
  connections: z.record(z.string(), z.record(z.string(), z.string())),
  forwards: z.record(z.string(), z.string()),
});

export type TransferSecrets = z.infer<typeof TransferSecrets>;

/** The text of the file. `encrypt` gives the secrets, bound to all the rest, so that none of it can be changed unnoticed. */
export async function composeDocument(
  content: Omit<ExportDocument, 'ringback' | 'version' | 'secrets'>,
  encrypt?: (context: string) => Promise<EncryptedDocument>,
): Promise<string> {
  const document: ExportDocument = { ringback: 'export', version: newestVersion, ...content };
  const secrets = encrypt && (await encrypt(contextOf(document)));
  return `${JSON.stringify({ ...document, ...(secrets ? { secrets } : {}) }, null, 2)}\n`;
}

function contextOf(document: object): string {
  return JSON.stringify({ ...document, secrets: undefined });
}

/** Throws invalid-input where it is something else, damaged, or made by a newer Ringback. */
export function readDocument(text: string): { readonly document: ExportDocument; readonly context: string } {
  const value = parseJson(text);
  const head = z.object({ ringback: z.literal('export'), version: z.int() }).safeParse(value);
  if (!head.success) throw new RingbackError('invalid-input', transferMessages.notAnExport());
  if (head.data.version > newestVersion) throw new RingbackError('invalid-input', transferMessages.newerVersion());
  const document = ExportDocument.safeParse(value);
  if (document.success) return { document: document.data, context: contextOf(Object(value)) };
  const [place = ''] = document.error.issues.map(({ path }) => path.join('.'));
  throw new RingbackError('invalid-input', transferMessages.damaged({ place }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
