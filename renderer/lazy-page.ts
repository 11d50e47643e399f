import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

export type LazyPage = LazyExoticComponent<ComponentType> & {
  /** Fetches the code before the page is shown. */
  preload(): void;
};

/** A page whose code is fetched when it is first shown, unless it was before. */
export function lazyPage(load: () => Promise<ComponentType>): LazyPage {
  let early: Promise<ComponentType> | undefined;
  const page = lazy(async () => ({ default: await (early ?? load()) }));
  const preload = (): void => {
    early ??= load();
    // Shown, the page reports it.
    early.catch(() => {});
  };
  return Object.assign(page, { preload });
}
