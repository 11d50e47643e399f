import type { DBusConnection, Message } from 'dbus-native';

/** What Electron has libnotify do on a Linux session bus, as far as Ringback can see it. */

const service = 'org.freedesktop.Notifications';
const toService = { destination: service, path: '/org/freedesktop/Notifications', interface: service };
const daemon = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};
const match = `type='signal',interface='${service}'`;

interface Shown {
  readonly title: string;
  readonly body: string;
  readonly actions?: readonly { readonly text: string }[];
  emit(event: string, ...values: readonly unknown[]): boolean;
}

let bus: Promise<Bus> | undefined;
const present = (): Promise<Bus> => {
  bus ??= connect();
  return bus;
};

interface Bus {
  call(member: string, signature?: string, body?: readonly unknown[]): Promise<readonly unknown[]>;
  readonly shown: Map<number, Shown>;
}

async function connect(): Promise<Bus> {
  // Loaded where a bus is used, which few tests do.
  const { createConnection, messageType } = await import('dbus-native');
  const connection = createConnection({ busAddress: String(process.env.DBUS_SESSION_BUS_ADDRESS) });
  const shown = new Map<number, Shown>();
  const request = createRequests(connection, messageType, (message) => receive(message, shown));
  await request({ ...daemon, member: 'Hello' });
  await request({ ...daemon, member: 'AddMatch', signature: 's', body: [match] });
  const call: Bus['call'] = (member, signature, body = []) =>
    request({ ...toService, member, ...(signature === undefined ? {} : { signature, body: [...body] }) });
  return { call, shown };
}

function createRequests(
  connection: DBusConnection,
  messageType: typeof import('dbus-native').messageType,
  receiveSignal: (message: Message) => void,
) {
  let last = 0;
  const waiting = new Map<number, PromiseWithResolvers<readonly unknown[]>>();
  connection.on('message', (message) => {
    const request = waiting.get(message.replySerial ?? 0);
    // The answer that brings an id is taken in before what happens to that notification.
    if (message.type === messageType.signal) setImmediate(receiveSignal, message);
    else if (message.type === messageType.error) request?.reject(new Error(message.errorName));
    else request?.resolve(message.body ?? []);
  });
  return (message: Message): Promise<readonly unknown[]> => {
    last += 1;
    const answer = Promise.withResolvers<readonly unknown[]>();
    waiting.set(last, answer);
    connection.message({ ...message, type: messageType.methodCall, serial: last });
    return answer.promise;
  };
}

function receive({ interface: from, member, body = [] }: Message, shown: Map<number, Shown>): void {
  const [id, value] = body as [number, string | number];
  const notification = from === service ? shown.get(id) : undefined;
  if (notification === undefined) return;
  if (member === 'ActionInvoked' && value === 'default') notification.emit('click', {});
  if (member === 'ActionInvoked' && value !== 'default') notification.emit('action', { actionIndex: Number(value) });
  if (member === 'NotificationClosed') notification.emit('close', { reason: value });
}

/** Shows it, with its buttons where the service has them; emits `show` or `failed` as Electron does. */
export async function showOnBus(notification: Shown): Promise<void> {
  try {
    const { call, shown } = await present();
    const [capabilities] = (await call('GetCapabilities')) as [readonly string[]];
    const buttons = (notification.actions ?? []).flatMap(({ text }, index) => [String(index), text]);
    const actions = capabilities.includes('actions') ? ['default', 'View', ...buttons] : [];
    const values = ['Ringback', 0, '', notification.title, notification.body, actions, [], -1];
    const [id] = (await call('Notify', 'susssasa{sv}i', values)) as [number];
    shown.set(id, notification);
    notification.emit('show');
  } catch (error) {
    notification.emit('failed', {}, error instanceof Error ? error.message : String(error));
  }
}

export async function closeOnBus(notification: Shown): Promise<void> {
  const { call, shown } = await present();
  for (const [id, one] of shown) if (one === notification) await call('CloseNotification', 'u', [id]).catch(() => {});
}
