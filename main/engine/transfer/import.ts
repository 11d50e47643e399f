import { isDeepStrictEqual } from 'node:util';
import type {
  Connection,
  Hook,
  ImportResult,
  ImportStep,
  NotificationRule,
  SavedView,
} from '../../../preload/contract/index.ts';
import { limits } from '../../../preload/limits.ts';
import { missingSecrets, sameSettings } from '../connections/index.ts';
import type { Field } from '../connector/index.ts';
import { RingbackError, toProblem } from '../errors.ts';
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
    await this.#takeOverSettings(settings, connections);
    await this.#takeOverViews(settings.views ?? []);
    for (const exported of connections) await this.#takeOverConnection(exported);
    await this.#takeOverRules(rules);
  }

  /** Only the first time: importing again, for what was waiting, must not undo what the user changed in between. */
  async #takeOverSettings(
    settings: ExportDocument['settings'],
    connections: readonly ExportedConnection[],
  ): Promise<void> {
    for (const exported of connections) if (await this.#find(exported)) return this.#note('settings', '', 'present');
    await this.#step('settings', '', async () => {
      const { views: _views, ...others } = settings;
      await this.#options.answers['settings.set'](others);
    });
  }

  /** The views that the user has stay, also where the file has others of the same names. */
  async #takeOverViews(exported: readonly SavedView[]): Promise<void> {
    if (exported.length === 0) return;
    const { answers } = this.#options;
    const { views: present = [] } = await answers['settings.get']({});
    const isNew = ({ name }: SavedView) => !present.some((one) => one.name.toLowerCase() === name.toLowerCase());
    const wanted = exported.filter(isNew);
    if (wanted.length === 0) return this.#note('views', '', 'present');
    await this.#step('views', '', async () => {
      const views = [...present, ...wanted].slice(0, limits.savedViews);
      if (views.length > present.length) await answers['settings.set']({ views });
      const left = present.length + wanted.length - views.length;
      if (left > 0)
        throw new RingbackError('conflict', transferMessages.tooManyViews({ left, most: limits.savedViews }));
    });
  }

  async #takeOverConnection(exported: ExportedConnection): Promise<void> {
    const known = await this.#find(exported);
    const isComplete = this.#isComplete(exported);
    const connection = known
      ? await this.#complete(exported, known, isComplete)
      : await this.#add(exported, isComplete);
    if (connection) this.#ids.set(exported.id, connection.id);
    if (exported.plan) await this.#takeOverPlan(exported, connection);
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

  /** Completes a connection that is here: credentials that it lacks are entered where the file has them. */
  async #complete(exported: ExportedConnection, known: Connection, isComplete: boolean): Promise<Connection> {
    const { id, name = known.name } = exported;
    if (!known.incomplete || !isComplete) {
      this.#note('connection', name, known.incomplete ? 'incomplete' : 'present');
      return known;
    }
    const secrets = this.#secrets.connections[id] ?? {};
    const update = async () => this.#options.answers['connections.update']({ id: known.id, secrets });
    return (await this.#step('connection', name, update)) ?? known;
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

  /** A plan that the user made here stays. */
  async #takeOverPlan({ name = '', plan }: ExportedConnection, connection: Connection | undefined): Promise<void> {
    const { answers } = this.#options;
    if (!connection && !this.#dryRun) return this.#note('plan', name, 'waiting');
    const accounts = connection ? await answers['backups.accounts']({}) : [];
    const known = accounts.find((account) => account.connection === connection?.id)?.plan;
    if (known && (known.schedule || known.keep)) return this.#note('plan', name, 'present');
    await this.#step('plan', name, async () => {
      if (connection) await answers['backups.plan']({ connection: connection.id, ...plan });
    });
  }

  async #takeOverHook(exported: ExportedHook, connection: Connection | undefined): Promise<void> {
    const { answers } = this.#options;
    const { id, forward: _forward, paused, ...hook } = exported;
    const own = connection ? await answers['hooks.list']({ connection: connection.id }) : [];
    const known = own.find((one) => one.ours && isSame(one, hook));
    if (known) {
      this.#ids.set(id, known.id);
      if (!exported.forward || known.forward) return this.#note('hook', hook.event, 'present');
    }
    await this.#step('hook', hook.event, async () => {
      if (!connection) return;
      const here = known ?? (await answers['hooks.create']({ ...hook, connection: connection.id }));
      if (paused && !known) await this.#pause(here);
      this.#ids.set(id, here.id);
      await this.#takeOverForward(exported, here.id);
    });
  }

  /** One that cannot be paused is removed again, so that it delivers nothing and the next import creates it. */
  async #pause({ id }: Hook): Promise<void> {
    const { answers } = this.#options;
    try {
      await answers['hooks.update']({ id, status: 'inactive' });
    } catch (error) {
      await answers['hooks.remove']({ id });
      throw error;
    }
  }

  /** Events that a handler expects to be signed are not sent to it unsigned: without the secret it stays switched off. */
  async #takeOverForward({ id, forward }: ExportedHook, hook: string): Promise<void> {
    if (!forward) return;
    const { url, enabled, signed, order } = forward;
    const secret = this.#secrets.forwards[id];
    const change = {
      ...{ url, enabled: enabled && (!signed || secret !== undefined) },
      ...(secret ? { secret } : {}),
      ...(order ? { order } : {}),
    };
    await this.#options.answers['hooks.update']({ id: hook, forward: change });
  }

  /** Rules of connections and hooks that are not here are left out; those of the user come first. */
  async #takeOverRules(rules: readonly NotificationRule[]): Promise<void> {
    const { answers } = this.#options;
    const present = (await answers['notifications.rules']({})).rules;
    const translated = rules.map((rule) => this.#translate(rule));
    const wanted = translated.flatMap((rule) =>
      rule && !present.some((one) => isDeepStrictEqual(one, rule)) ? [rule] : [],
    );
    const isWaiting = translated.includes(undefined);
    if (rules.length === 0) return;
    if (wanted.length === 0 && !isWaiting) return this.#note('rules', '', 'present');
    if (wanted.length === 0 && !this.#dryRun) return this.#note('rules', '', 'waiting');
    const room = Math.max(0, mostRules - present.length);
    const set = async () => {
      await answers['notifications.setRules']({ rules: [...present, ...wanted.slice(0, room)] });
      const left = wanted.length - room;
      if (left > 0) throw new RingbackError('conflict', transferMessages.tooManyRules({ left, most: mostRules }));
    };
    await this.#step('rules', '', set, isWaiting && !this.#dryRun ? 'waiting' : 'done');
  }

  /** The rule with the ids of this computer; undefined where its connection or hook is not here. */
  #translate({ connection, hook, ...rule }: NotificationRule): NotificationRule | undefined {
    const newConnection = connection === undefined ? undefined : this.#ids.get(connection);
    const newHook = hook === undefined ? undefined : this.#ids.get(hook);
    if ((connection !== undefined && !newConnection) || (hook !== undefined && !newHook)) return undefined;
    return { ...(newConnection ? { connection: newConnection } : {}), ...(newHook ? { hook: newHook } : {}), ...rule };
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
      const { message, reason } = toProblem(error);
      this.steps.push({ kind, name, state: 'failed', problem: message, ...(reason ? { problemMessage: reason } : {}) });
      return undefined;
    }
  }
}

/** As many as the contract allows. */
const mostRules = 200;

/** Whether hooks can be created for it now. */
function isUsable({ incomplete, signIn }: Connection): boolean {
  return incomplete !== true && (signIn === undefined || signIn.state === 'signed-in');
}

/** Whether the hook here watches what the exported one watched. */
function isSame(hook: Hook, exported: Omit<ExportedHook, 'id' | 'forward' | 'paused'>): boolean {
  const key = ({ system, event, scope, region, filter }: Omit<ExportedHook, 'id' | 'forward' | 'paused'>): string =>
    JSON.stringify([system, event, Object.entries(scope).sort(), region, filter].map((value) => value ?? null));
  return key(hook) === key(exported);
}
