import { createContext, useContext } from 'react';
import { useSignal } from './signal.ts';
import type { Transport } from './transport/index.ts';
import type { Page, View, ViewOf, ViewSignal } from './view.ts';

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

/** The view of one page; without open items where another page is shown. */
export function useViewOf<P extends Page>(page: P): ViewOf<P> {
  const present: View = useSignal(useWindow().view);
  return present.page === page ? (present as ViewOf<P>) : ({ page } as ViewOf<P>);
}
