import { DeclaredEmitter, guard } from './guard.ts';
import type { Command } from './mode.ts';

const pageFrame = { parent: null, origin: 'ringback://window' };
const foreignFrame = { parent: null, origin: 'https://example.org' };

type Question = Extract<Command, { readonly type: 'ask' }>;
type Handler = (event: object, ...values: unknown[]) => Promise<unknown>;

class SimulatedIpcMain extends DeclaredEmitter {
  readonly #handlers = new Map<string, Handler>();
  readonly #first = Promise.withResolvers<void>();
  constructor() {
    super('IpcMain');
  }
  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`A second handler for "${channel}".`);
    this.#handlers.set(channel, handler);
    this.#first.resolve();
  }
  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }
  /** Waits for the first handler, which the application may still be about to add. */
  async invoke(channel: string, event: () => object, values: readonly unknown[]): Promise<unknown> {
    await this.#first.promise;
    const handler = this.#handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler for "${channel}".`);
    return structuredClone(await handler(event(), ...structuredClone(values)));
  }
}

const simulated = new SimulatedIpcMain();
export const ipcMain = guard('IpcMain', simulated);

/** What the page of a window sends to the main process. */
export const ipc = {
  ask: (sender: () => object, { method, input, foreign }: Question): Promise<unknown> =>
    simulated.invoke(
      'ringback:ask',
      () => ({ sender: sender(), senderFrame: foreign === true ? foreignFrame : pageFrame }),
      [method, input],
    ),
  receive: (sender: object): boolean => simulated.emit('ringback:change', { sender, senderFrame: pageFrame }),
};
