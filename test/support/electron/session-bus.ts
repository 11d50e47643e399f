import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createConnection, type Message, messageType } from 'dbus-native';
import { onTestFinished } from 'vitest';
import { temporaryFolder, until } from '../temporary.ts';

/** Both the daemon and one of the tools through which Ringback asks it. */
export const hasPrivateBus = ['dbus-daemon', 'gdbus'].every(
  (program) => spawnSync(program, ['--help'], { stdio: 'ignore' }).error === undefined,
);

const watcher = 'org.kde.StatusNotifierWatcher';
const notifications = 'org.freedesktop.Notifications';

/** A notification service of Linux desktops, on a display of its own. */
export const hasDunst = ['Xvfb', 'dunst', 'dunstctl'].every(
  (program) => spawnSync('which', [program], { stdio: 'ignore' }).status === 0,
);

/** dunst, as a user has it. */
interface Dunst {
  /** What it has shown until now, in its own words. */
  readonly shown: () => string;
  /** Presses the notification that it shows first. */
  press(): void;
  /** How many notifications it shows now. */
  count(): number;
}

/** How the owner of a name answers a call: with a signature and values, with an error, or never. */
type Answer = readonly [signature: string, values: readonly unknown[]] | { readonly error: string } | 'nothing';

/** A process of the session that owns a name, until it leaves. */
interface Owner {
  /** The members that were called, in order. */
  readonly calls: readonly string[];
  answer: (member: string, body: readonly unknown[]) => Answer;
  leave(): Promise<void>;
}

/** A notification as the service got it. */
interface Notified {
  readonly id: number;
  readonly replaces: number;
  readonly title: string;
  readonly body: string;
  /** Keys and labels by turns. */
  readonly actions: readonly string[];
}

/** A notification service that shows all it gets. */
interface NotificationService extends Owner {
  readonly notified: readonly Notified[];
  readonly closed: readonly number[];
  /** The user presses a button of a notification, or the notification itself: "default". */
  press(id: number, action: string): void;
  /** The notification goes, for a reason of the specification: 1 expired, 2 dismissed, 3 closed by a call. */
  dismiss(id: number, reason: 1 | 2 | 3): void;
}

/** A session bus of this test alone. */
export interface PrivateBus {
  /** What lets a program find this bus and the tools for it, and nothing else. */
  readonly environment: { readonly PATH: string; readonly DBUS_SESSION_BUS_ADDRESS: string };
  startTrayWatcher(hasHost: boolean | 'nothing'): Promise<Owner>;
  startNotificationService(answer?: Owner['answer']): Promise<Owner>;
  /** One that shows notifications, with the capabilities that it names. */
  startDisplay(capabilities: readonly string[]): Promise<NotificationService>;
  startDunst(): Promise<Dunst>;
  /** Has the bus start a program when the notification service is asked for. */
  activateNotificationServiceBy(program: string): Promise<void>;
}

export async function startPrivateBus(): Promise<PrivateBus> {
  const folder = await temporaryFolder();
  const address = await startDaemon(folder);
  const environment = { PATH: process.env.PATH ?? '', DBUS_SESSION_BUS_ADDRESS: address };
  return {
    environment,
    startTrayWatcher: (hasHost) =>
      own(address, watcher, () => (hasHost === 'nothing' ? 'nothing' : ['v', [['b', hasHost]]])),
    startNotificationService: (answer = describeService) => own(address, notifications, answer),
    startDisplay: (capabilities) => startDisplay(address, capabilities),
    startDunst: () => startDunst(folder, environment),
    async activateNotificationServiceBy(program) {
      const service = `[D-BUS Service]\nName=${notifications}\nExec=${program}\n`;
      await writeFile(join(folder, `${notifications}.service`), service);
      spawnSync('gdbus', reloadConfiguration, { env: environment });
    },
  };
}

/** As dunst describes itself. */
function describeService(): Answer {
  return ['ssss', ['dunst', 'knopwob', '1.9.0', '1.2']];
}

async function startDisplay(address: string, capabilities: readonly string[]): Promise<NotificationService> {
  const notified: Notified[] = [];
  const closed: number[] = [];
  const answer = (member: string, body: readonly unknown[]): Answer => {
    if (member === 'GetServerInformation') return describeService();
    if (member === 'GetCapabilities') return ['as', [capabilities]];
    if (member === 'CloseNotification') {
      closed.push(Number(body[0]));
      return ['', []];
    }
    if (member !== 'Notify') return unknownMethod;
    const [, replaces, , title, text, actions] = body as [string, number, string, string, string, string[]];
    notified.push({ id: notified.length + 1, replaces, title, body: text, actions });
    return ['u', [notified.length]];
  };
  const owner = await own(address, notifications, answer);
  return Object.assign(owner, {
    ...{ notified, closed },
    press: (id: number, action: string) => owner.emit('ActionInvoked', 'us', [id, action]),
    dismiss: (id: number, reason: number) => owner.emit('NotificationClosed', 'uu', [id, reason]),
  });
}

async function startDunst(folder: string, environment: PrivateBus['environment']): Promise<Dunst> {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  endWithTest(screen);
  const [display] = (await once(createInterface(screen.stdio[3] as Readable), 'line')) as [string];
  const env = { ...environment, DISPLAY: `:${display}`, HOME: folder, XDG_RUNTIME_DIR: folder };
  const dunst = spawn('dunst', ['-print'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  endWithTest(dunst);
  let shown = '';
  dunst.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
  });
  const control = (...words: readonly string[]): string =>
    spawnSync('dunstctl', words, { env, encoding: 'utf8' }).stdout;
  await until(() => control('is-paused').trim() === 'false');
  return {
    shown: () => shown,
    press: () => void control('action', '0'),
    count: () => Number(control('count', 'displayed')),
  };
}

function endWithTest(child: ChildProcess): void {
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  });
}

const unknownMethod = { error: 'org.freedesktop.DBus.Error.UnknownMethod' };
const daemon = 'org.freedesktop.DBus';
const toDaemon = {
  ...{ type: messageType.methodCall, destination: daemon },
  ...{ path: '/org/freedesktop/DBus', interface: daemon },
};
const reloadConfiguration = [
  ...['call', '--session', '--dest', daemon, '--object-path', '/org/freedesktop/DBus'],
  ...['--method', `${daemon}.ReloadConfig`],
];

/** Starts dbus-daemon with a socket and a configuration of its own, and gives its address. */
async function startDaemon(folder: string): Promise<string> {
  const file = join(folder, 'bus.conf');
  await writeFile(
    file,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${join(folder, 'bus')}</listen>
  <servicedir>${folder}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`,
  );
  const child = spawn('dbus-daemon', ['--nofork', '--print-address', `--config-file=${file}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  endWithTest(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return line;
}

/** Speaks to the bus without an object model, so that a call may stay without an answer. */
async function own(
  address: string,
  name: string,
  answer: (member: string, body: readonly unknown[]) => Answer,
): Promise<Owner & { emit(signal: string, signature: string, values: readonly unknown[]): void }> {
  const connection = createConnection({ busAddress: address });
  const calls: string[] = [];
  let serial = 0;
  const send = (message: Message): number => {
    serial += 1;
    connection.message({ ...message, serial });
    return serial;
  };
  const owner = {
    calls,
    answer,
    emit: (signal: string, signature: string, values: readonly unknown[]) =>
      void send({
        ...{ type: messageType.signal, path: `/${name.replaceAll('.', '/')}`, interface: name, member: signal },
        ...{ signature, body: [...values] },
      }),
    async leave() {
      const closed = once(connection, 'close');
      end();
      await closed;
    },
  };
  let isOpen = true;
  const end = (): void => {
    isOpen = false;
    connection.end();
  };
  const replies = new EventEmitter();
  connection.on('error', (error) => replies.emit('error', error));
  connection.on('message', (message) => {
    if (message.type === messageType.methodReturn) replies.emit(String(message.replySerial));
    if (!isOpen || message.type !== messageType.methodCall || message.member === undefined) return;
    // The tools look at an object before they call it, and call it even so.
    const { member } = message;
    if (member !== 'Introspect') calls.push(member);
    const answer = owner.answer(member, message.body ?? []);
    reply(send, message, member === 'Introspect' && answer !== 'nothing' ? unknownMethod : answer);
  });
  onTestFinished(end);
  const ask = (member: string, body: Pick<Message, 'signature' | 'body'> = {}) =>
    once(replies, `${send({ ...toDaemon, member, ...body })}`);
  await ask('Hello');
  await ask('RequestName', { signature: 'su', body: [name, 0] });
  return owner;
}

function reply(send: (message: Message) => void, { serial, sender }: Message, answer: Answer): void {
  if (answer === 'nothing' || serial === undefined || sender === undefined) return;
  const to = { destination: sender, replySerial: serial };
  if ('error' in answer) send({ ...to, type: messageType.error, errorName: answer.error });
  else if (answer[0] === '') send({ ...to, type: messageType.methodReturn });
  else send({ ...to, type: messageType.methodReturn, signature: answer[0], body: [...answer[1]] });
}
