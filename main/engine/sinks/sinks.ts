import type { SinkTarget, SinkView } from '../../../preload/contract/index.ts';
import type { Language } from '../../../preload/languages/index.ts';
import { RingbackError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Message, notificationMessages, translateMessage } from '../messages/index.ts';
import { readNotification } from '../notifications/index.ts';
import type { Ports } from '../ports.ts';
import { countSends, type Ledger, type SecretStore, selectNotification, toTime } from '../storage/index.ts';
import type { OutgoingNotification } from './outgoing.ts';
import { createSinkQueue } from './queue.ts';
import { createSinkReports, failureParameters } from './reports.ts';
import { runCommand, sendTo, toFailure } from './send.ts';
import { createStoredSinks } from './stored-sinks.ts';

interface SinksOptions {
  readonly ports: Pick<Ports, 'store' | 'fetch' | 'now' | 'sendMail' | 'notifyCommand' | 'notifySend'>;
  readonly secretStore: SecretStore;
  readonly ledger: Ledger;
  readonly log: Log;
  /** Names this installation: ids of notifications are its own. */
  readonly installation: string;
  warn(message: string | Message): void;
  language(): Language;
}

/** What sends notifications away from this computer. */
export interface Sinks {
  /** Those that are used now. */
  readonly enabled: readonly string[];
  list(): SinkView[];
  add(target: SinkTarget, name?: string): Promise<SinkView>;
  update(
    id: string,
    change: { readonly name?: string | undefined; readonly enabled?: boolean | undefined },
  ): Promise<SinkView>;
  remove(id: string): Promise<void>;
  /** Sends a test notification now. Throws a RingbackError where it cannot be sent. */
  test(id: string): Promise<void>;
  /** Sends what was shown since, in the background. */
  process(): void;
  close(): Promise<void>;
}

/** The program of the host, which the window cannot change. */
const commandId = 'command';

export function openSinks(options: SinksOptions): Sinks {
  const { ports, ledger, log, warn } = options;
  const stored = createStoredSinks(ports.store, options.secretStore, warn);
  void stored.unencrypted().then((sinks) => {
    for (const { name } of sinks) warn(notificationMessages.sinkSecretSentOpenly({ sink: name }));
  });
  const nameOf = (id: string): string =>
    [...commandSink(ports), ...stored.all].find((one) => one.id === id)?.name ?? id;
  const enabled = (): string[] => [
    ...(ports.notifyCommand ? [commandId] : []),
    ...stored.all.filter((sink) => sink.enabled).map(({ id }) => id),
  ];
  const send = async (id: string, notification: OutgoingNotification, signal: AbortSignal): Promise<void> => {
    if (id === commandId) return runCommand(ports.notifyCommand, notification, signal);
    return sendTo(await stored.targetOf(stored.of(id)), notification, ports, signal);
  };
  const reports = createSinkReports({ log, now: ports.now, warn, nameOf });
  const queue = createSinkQueue({
    ...{ ledger, log, now: ports.now, sinks: enabled },
    send: (sink, id, signal) => sendStored(id, options, (notification) => send(sink, notification, signal)),
    ...{ sent: reports.sent, expired: reports.expired, failed: reports.failed },
  });
  const viewOf = (sink: Pick<SinkView, 'id' | 'kind' | 'name' | 'enabled' | 'target'>): SinkView => {
    const { id, kind, name, enabled: isEnabled, target } = sink;
    return { id, kind, name, enabled: isEnabled, target, waiting: countSends(ledger, id), ...reports.of(id) };
  };
  return {
    get enabled() {
      return enabled();
    },
    list: () => [...commandSink(ports), ...stored.all].map(viewOf),
    async add(target, name) {
      if (target.kind === 'notify-send' && !ports.notifySend)
        throw new RingbackError('invalid-input', notificationMessages.sinkNotOnScreen());
      return viewOf(await stored.add(target, name));
    },
    async update(id, change) {
      rejectCommand(id);
      const sink = stored.update(id, change);
      if (!sink.enabled) await queue.drop(id);
      return viewOf(sink);
    },
    async remove(id) {
      rejectCommand(id);
      stored.remove(id);
      reports.forget(id);
      await queue.drop(id);
    },
    async test(id) {
      const signal = AbortSignal.timeout(30_000);
      try {
        await send(id, testNotification(options, ports.now()), signal);
        reports.testSent(id);
      } catch (error) {
        if (error instanceof RingbackError) throw error;
        const message = notificationMessages.sinkFailed(failureParameters(nameOf(id), toFailure(error)));
        throw new RingbackError('provider', message, { cause: error });
      }
    },
    process: queue.wake,
    close: queue.close,
  };
}

/** Nothing is sent of one that is no longer stored. */
async function sendStored(
  id: number,
  { ledger, language, installation }: SinksOptions,
  send: (notification: OutgoingNotification) => Promise<void>,
): Promise<void> {
  const row = selectNotification(ledger, id);
  if (!row) return;
  try {
    await send(toOutgoing(readNotification(row, language()), installation));
  } catch (error) {
    throw toFailure(error);
  }
}

function commandSink({ notifyCommand }: SinksOptions['ports']) {
  if (!notifyCommand) return [];
  const { name } = notifyCommand;
  return [{ id: commandId, kind: 'command' as const, name, enabled: true, target: name }];
}

function rejectCommand(id: string): void {
  if (id === commandId) throw new RingbackError('invalid-input', notificationMessages.sinkOfHost());
}

function toOutgoing(
  { id, at, title, body, event, job, backup, count, urgent, failed }: ReturnType<typeof readNotification>,
  installation: string,
): OutgoingNotification {
  return { id: `ringback-${installation}-${id}`, at, title, body, event, job, backup, count, urgent, failed };
}

function testNotification({ installation, language }: SinksOptions, now: number): OutgoingNotification {
  const [title, body] = [notificationMessages.testTitle(), notificationMessages.testBody()];
  return {
    id: `ringback-${installation}-test-${now}`,
    at: toTime(now),
    title: translateMessage(language(), title, title.text),
    body: translateMessage(language(), body, body.text),
    failed: false,
  };
}
