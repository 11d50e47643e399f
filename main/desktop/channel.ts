import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import type { Change } from '../../preload/contract/index.ts';
import { RingbackError, toProblem } from '../engine/errors.ts';
import type { Engine } from '../engine/index.ts';
import { accessMessages } from '../engine/messages/index.ts';

/** Changes that open a view in the window. */
export type Opening = Extract<Change, { type: 'open' | 'open-events' | 'open-backups' | 'open-page' | 'open-job' }>;

/** The IPC channel between window and engine. */
interface Channel {
  /** Opens a view in the window, as soon as it is ready. */
  open(opening: Opening): void;
  close(): void;
}

interface ChannelParts {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler' | 'on' | 'off'>;
  readonly engine: Pick<Engine, 'ask' | 'listen'>;
  /** The contents of the window, while it exists. */
  contents(): WebContents | undefined;
  /** The origin of the window's page. */
  readonly origin: string;
}

/**
 * Accepts requests only from the main frame of Ringback's window on its own page. Everything crosses as data: the
 * engine validates inputs and returns failures as problems.
 */
export function openChannel({ ipcMain, engine, contents, origin }: ChannelParts): Channel {
  let listening: WebContents | undefined;
  let waiting: Opening | undefined;
  const watched = new WeakSet<WebContents>();

  const isOurs = ({ sender, senderFrame }: IpcMainInvokeEvent | IpcMainEvent): boolean =>
    sender === contents() && senderFrame !== null && senderFrame.parent === null && senderFrame.origin === origin;

  const send = (change: Change): void => {
    if (listening !== undefined && !listening.isDestroyed()) listening.send('ringback:change', change);
  };

  const answer = async (event: IpcMainInvokeEvent, method: unknown, input: unknown) => {
    if (isOurs(event) && typeof method === 'string') return await engine.ask(method, input);
    return { ok: false, problem: toProblem(new RingbackError('unauthorized', accessMessages.windowOnly())) };
  };

  const begin = (event: IpcMainEvent): void => {
    if (!isOurs(event)) return;
    forgetWhenGone(event.sender);
    listening = event.sender;
    send({ type: 'ready' });
    if (waiting !== undefined) send(waiting);
    waiting = undefined;
  };

  const forgetWhenGone = (sender: WebContents): void => {
    if (watched.has(sender)) return;
    watched.add(sender);
    const forget = () => {
      if (listening === sender) listening = undefined;
    };
    sender.once('destroyed', forget);
    sender.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) forget();
    });
  };

  ipcMain.handle('ringback:ask', answer);
  ipcMain.on('ringback:change', begin);
  const silence = engine.listen(send);
  return {
    open(opening) {
      if (listening === undefined) waiting = opening;
      else send(opening);
    },
    close() {
      silence();
      ipcMain.off('ringback:change', begin);
      ipcMain.removeHandler('ringback:ask');
    },
  };
}
