import type { MessageReference, SinkTarget, SinkView } from '../../../preload/contract/index.ts';
import type { Language } from '../../../preload/languages/index.ts';
import { RingbackError } from '../errors.ts';
import type { Log } from '../log.ts';
import {
  causeMessage,
  type Message,
  messageMembers,
  notificationMessages,
  quotedParameters,
  translateMessage,
} from '../messages/index.ts';
import { readNotification } from '../notifications/index.ts';
import type { NotifyCommand, Ports } from '../ports.ts';
import { countSends, type Ledger, type SecretStore, selectNotification, toTime } from '../storage/index.ts';
import { mailProblem, toMail } from './email.ts';
import { toJson, toNtfy, toSlack, toTeams } from './formats.ts';
import { type OutgoingNotification, SinkFailure } from './outgoing.ts';
import { post } from './post.ts';
import { createSinkQueue } from './queue.ts';
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

/** What was heard of a sink since the start. */
interface SinkReport {
  readonly lastSentAt?: string;
  readonly problem?: string;
  readonly problemMessage?: MessageReference;
}

/** The program of the host, which the window cannot change. */
const commandId = 'command';

export function openSinks(options: SinksOptions): Sinks {
  const { ports, ledger, log, warn } = options;
  const stored = createStoredSinks(ports.store, options.secretStore, warn);
  void stored.unencrypted().then((sinks) => {
    for (const { name } of sinks) warn(notificationMessages.sinkSecretSentOpenly({ sink: name }));
  });
  const reports = new Map<string, SinkReport>();
  /** What was warned of for each sink since it last worked: every notification that waits fails the same way. */
  const warned = new Map<string, Set<string>>();
  const warnOnce = (sink: string, message: Message): void => {
    const codes = warned.get(sink) ?? new Set();
    if (!codes.has(message.code)) warn(message);
    warned.set(sink, codes.add(message.code));
  };
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
  const queue = createSinkQueue({
    ...{ ledger, log, now: ports.now, sinks: enabled },
    send: (sink, id, signal) => sendStored(id, options, (notification) => send(sink, notification, signal)),
    sent(sink) {
      reports.set(sink, { lastSentAt: toTime(ports.now()) });
      warned.delete(sink);
    },
    expired: (sink) => warnOnce(sink, notificationMessages.sinkExpired({ sink: nameOf(sink) })),
    failed(sink, failure, isLast) {
      reports.set(sink, { ...reports.get(sink), ...messageMembers('problem', failure.reason) });
      if (failure.isDenied) warnOnce(sink, notificationMessages.sinkDenied(failureParameters(nameOf(sink), failure)));
      reportFailure(options, { sink: nameOf(sink), failure, isLast });
    },
  });
  const viewOf = (sink: Pick<SinkView, 'id' | 'kind' | 'name' | 'enabled' | 'target'>): SinkView => {
    const { id, kind, name, enabled: isEnabled, target } = sink;
    return { id, kind, name, enabled: isEnabled, target, waiting: countSends(ledger, id), ...reports.get(id) };
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
      reports.delete(id);
      warned.delete(id);
      await queue.drop(id);
    },
    async test(id) {
      const signal = AbortSignal.timeout(30_000);
      try {
        await send(id, testNotification(options, ports.now()), signal);
        const { lastSentAt } = reports.get(id) ?? {};
        reports.set(id, lastSentAt === undefined ? {} : { lastSentAt });
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

/** What nobody expects would happen again at every attempt, and must not hold up what waits. */
function toFailure(error: unknown): SinkFailure {
  if (error instanceof SinkFailure) return error;
  return new SinkFailure(causeOf(error), { cause: error, isFinal: !(error instanceof RingbackError) });
}

function causeOf(error: unknown): Message {
  return causeMessage(error instanceof Error ? error : { message: String(error) });
}

function failureParameters(sink: string, { reason }: SinkFailure): { readonly sink: string; readonly reason: string } {
  return { sink, ...quotedParameters('reason', reason.text, reason) };
}

interface ReportedFailure {
  readonly sink: string;
  readonly failure: SinkFailure;
  readonly isLast: boolean;
}

function reportFailure({ log, warn }: SinksOptions, { sink, failure, isLast }: ReportedFailure): void {
  const parameters = failureParameters(sink, failure);
  if (!isLast) log.info('notifications', notificationMessages.sinkFailed(parameters).text);
  else if (failure.isFinal) warn(notificationMessages.sinkRejected(parameters));
  else warn(notificationMessages.sinkGaveUp(parameters));
}

function commandSink({ notifyCommand }: SinksOptions['ports']) {
  if (!notifyCommand) return [];
  const { name } = notifyCommand;
  return [{ id: commandId, kind: 'command' as const, name, enabled: true, target: name }];
}

function rejectCommand(id: string): void {
  if (id === commandId) throw new RingbackError('invalid-input', notificationMessages.sinkOfHost());
}

function sendTo(
  target: SinkTarget,
  notification: OutgoingNotification,
  { fetch, sendMail, notifySend }: SinksOptions['ports'],
  signal: AbortSignal,
): Promise<void> {
  const { id } = notification;
  if (target.kind === 'notify-send') return runCommand(notifySend, notification, signal);
  if (target.kind === 'email') return mail(sendMail, toMail(target, notification), signal);
  const { token } = target;
  if (target.kind === 'ntfy') return post({ ...{ fetch, id, token, signal }, ...toNtfy(target.url, notification) });
  const formats = { json: toJson, slack: toSlack, teams: toTeams } as const;
  return post({ ...{ fetch, id, token, signal }, url: target.url, json: formats[target.format](notification) });
}

async function mail(
  sendMail: Ports['sendMail'],
  message: Parameters<NonNullable<Ports['sendMail']>>[0],
  signal: AbortSignal,
): Promise<void> {
  if (!sendMail) throw new SinkFailure(notificationMessages.noMail(), { isFinal: true });
  const failure = await sendMail(message, signal);
  if (failure) throw new SinkFailure(mailProblem(failure), { isFinal: failure.rejected });
}

async function runCommand(
  command: NotifyCommand | undefined,
  notification: OutgoingNotification,
  signal: AbortSignal,
): Promise<void> {
  // The data may come from another computer.
  if (!command) throw new SinkFailure(notificationMessages.sinkNotOnScreen(), { isFinal: true });
  try {
    await command.run(JSON.stringify(toJson(notification)), signal);
  } catch (cause) {
    throw new SinkFailure(causeOf(cause), { cause });
  }
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
