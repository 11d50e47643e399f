import type { Connection, Hook, ImportResult, ImportStep, NotificationRule } from '../../../preload/contract.ts';
import { missingSecrets, sameSettings } from '../connections/index.ts';
import type { Field } from '../connector/index.ts';
import { RingbackError } from '../errors.ts';
import { transferMessages } from '../messages/index.ts';
import {
  type ExportDocument,
  type ExportedConnection,
  type ExportedHook,
  type readDocument,
  TransferSecrets,
} from './document.ts';
import type { TransferOptions } from './options.ts';
import { decryptText, type EncryptedDocument } from './passphrase.ts';

/** Takes over what the document names and this computer does not have. A step that fails stops none of the others. */
export async function importDocument(
  options: TransferOptions,
  { document, context }: ReturnType<typeof readDocument>,
  { passphrase, dryRun }: { readonly passphrase: string | undefined; readonly dryRun: boolean },
): Promise<ImportResult> {
  const secrets = await openSecrets(document.secrets, passphrase, context);
  const run = new ImportRun(options, secrets ?? { connections: {}, forwards: {} }, dryRun);
  await run.takeOver(document);
  return { encrypted: document.secrets !== undefined, decrypted: secrets !== undefined, steps: run.steps };
}

async function openSecrets(
  encrypted: EncryptedDocument | undefined,
  passphrase: string | undefined,
  context: string,
): Promise<TransferSecrets | undefined> {
  if (encrypted === undefined || passphrase === undefined || passphrase === '') return undefined;
  const text = await decryptText(encrypted, passphrase, context);
  if (text === undefined) throw new RingbackError('invalid-input', transferMessages.wrongPassphrase());
  return TransferSecrets.parse(JSON.parse(text));
}

class ImportRun {
  readonly steps: ImportStep[] = [];
  readonly #options: TransferOptions;
  readonly #secrets: TransferSecrets;
  readonly #dryRun: boolean;
  /** Ids of the exporting computer → ids here, of connections and hooks. */
  readonly #ids = new Map<string, string>();

  constructor(options: TransferOptions, secrets: TransferSecrets, dryRun: boolean) {
    this.#options = options;
    this.#secrets = secrets;
    this.#dryRun = dryRun;
  }

  /** The settings first: the hooks need the tunnel. */
  async takeOver({ settings, connections, rules }: ExportDocument): Promise<void> {
    await this.#step('settings', '', async () => void (await this.#options.answers['settings.set'](settings)));
    for (const exported of connections) await this.#takeOverConnection(exported);
    await this.#takeOverRules(rules);
  }

  async #takeOverConnection(exported: ExportedConnection): Promise<void> {
    const known = await this.#find(exported);
    const isComplete = this.#isComplete(exported);
    const connection = known ?? (await this.#add(exported, isComplete));
    if (known) this.#note('connection', exported.name ?? known.name, known.incomplete ? 'incomplete' : 'present');
    if (connection) this.#ids.set(exported.id, connection.id);
    if (exported.plan && !known) await this.#takeOverPlan(exported, connection);
    const isReady = connection ? isUsable(connection) : this.#dryRun && isComplete;
    for (const hook of exported.hooks) {
      if (isReady) await this.#takeOverHook(hook, connection);
      else this.#note('hook', hook.event, 'waiting');
    }
  }

  async #find({ connector, settings }: ExportedConnection): Promise<Connection | undefined> {
    const fields = this.#fieldsOf(connector);
    const connections = await this.#options.answers['connections.list']({});
    return connections.find((one) => one.connector === connector && sameSettings(fields, one.settings, settings));
  }

  #isComplete({ id, connector, settings }: ExportedConnection): boolean {
    return missingSecrets(this.#fieldsOf(connector), this.#secrets.connections[id] ?? {}, settings).length === 0;
  }

  async #add(
    { id, plan: _plan, hooks: _hooks, ...connection }: ExportedConnection,
    isComplete: boolean,
  ): Promise<Connection | undefined> {
    const { answers, connections } = this.#options;
    const input = { ...connection, secrets: this.#secrets.connections[id] ?? {} };
    const add = isComplete ? answers['connections.add'] : connections.addIncomplete;
    const { name = connection.connector } = connection;
    return this.#step('connection', name, async () => add(input), isComplete ? 'done' : 'incomplete');
  }

  #fieldsOf(connector: string): readonly Field[] {
    return this.#options.connectors.find(({ id }) => id === connector)?.fields ?? [];
  }

  async #takeOverPlan({ name = '', plan }: ExportedConnection, connection: Connection | undefined): Promise<void> {
    if (!connection && !this.#dryRun) return this.#note('plan', name, 'waiting');
    await this.#step('plan', name, async () => {
      if (connection) await this.#options.answers['backups.plan']({ connection: connection.id, ...plan });
    });
  }

  async #takeOverHook({ id, forward, ...hook }: ExportedHook, connection: Connection | undefined): Promise<void> {
    const { answers } = this.#options;
    const own = connection ? await answers['hooks.list']({ connection: connection.id }) : [];
    const known = own.find((one) => one.ours && isSame(one, hook));
    if (known) {
      this.#ids.set(id, known.id);
      return this.#note('hook', hook.event, 'present');
    }
    await this.#step('hook', hook.event, async () => {
      if (!connection) return;
      const created = await answers['hooks.create']({ ...hook, connection: connection.id });
      this.#ids.set(id, created.id);
      const secret = this.#secrets.forwards[id];
      if (!forward) return;
      await answers['hooks.update']({ id: created.id, forward: { ...forward, ...(secret ? { secret } : {}) } });
    });
  }

  /** Rules of connections and hooks that are not here are left out; those of the user come first. */
  async #takeOverRules(rules: readonly NotificationRule[]): Promise<void> {
    const { answers } = this.#options;
    const present = (await answers['notifications.rules']({})).rules;
    const wanted = rules
      .flatMap((rule) => this.#translate(rule))
      .filter((rule) => !present.some((one) => JSON.stringify(one) === JSON.stringify(rule)));
    if (rules.length === 0) return;
    if (wanted.length === 0 && !this.#dryRun) return this.#note('rules', '', 'present');
    await this.#step('rules', '', async () => {
      await answers['notifications.setRules']({ rules: [...present, ...wanted] });
    });
  }

  #translate({ connection, hook, ...rule }: NotificationRule): readonly NotificationRule[] {
    const newConnection = connection === undefined ? undefined : this.#ids.get(connection);
    const newHook = hook === undefined ? undefined : this.#ids.get(hook);
    if ((connection !== undefined && !newConnection) || (hook !== undefined && !newHook)) return [];
    return [
      { ...(newConnection ? { connection: newConnection } : {}), ...(newHook ? { hook: newHook } : {}), ...rule },
    ];
  }

  #note(kind: ImportStep['kind'], name: string, state: ImportStep['state']): void {
    this.steps.push({ kind, name, state });
  }

  async #step<T>(
    kind: ImportStep['kind'],
    name: string,
    run: () => Promise<T>,
    done: ImportStep['state'] = 'done',
  ): Promise<T | undefined> {
    if (this.#dryRun) {
      this.#note(kind, name, done === 'done' ? 'new' : done);
      return undefined;
    }
    try {
      const result = await run();
      this.#note(kind, name, done);
      return result;
    } catch (error) {
      if (!(error instanceof RingbackError)) throw error;
      this.steps.push({ kind, name, state: 'failed', problem: error.message });
      return undefined;
    }
  }
}

/** Whether hooks can be created for it now. */
function isUsable({ incomplete, signIn }: Connection): boolean {
  return incomplete !== true && (signIn === undefined || signIn.state === 'signed-in');
}

/** Whether the hook here watches what the exported one watched. */
function isSame(hook: Hook, exported: Omit<ExportedHook, 'id' | 'forward'>): boolean {
  const key = ({ system, event, scope, region, filter }: Omit<ExportedHook, 'id' | 'forward'>): string =>
    JSON.stringify([system, event, Object.entries(scope).sort(), region, filter].map((value) => value ?? null));
  return key(hook) === key(exported);
}
