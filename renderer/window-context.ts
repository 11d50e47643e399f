import { createContext, useContext } from 'react';
import type { Transport } from './transport.ts';
import type { ViewSignal } from './view.ts';

export interface WindowContext {
  readonly transport: Transport;
  readonly view: ViewSignal;
}

const Context = createContext<WindowContext | undefined>(undefined);
export const WindowProvider = Context.Provider;

export function useWindow(): WindowContext {
  const context = useContext(Context);
  if (!context) throw new Error('useWindow is called outside the window.');
  return context;
}
