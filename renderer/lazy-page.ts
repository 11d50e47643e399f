import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

export type LazyPage = LazyExoticComponent<ComponentType> & {
  /** Fetches the code before the page is shown. */
  preload(): void;
};

/** A page whose code is fetched when it is first shown, or earlier by `preload`. */
export function lazyPage(load: () => Promise<ComponentType>): LazyPage {
  let early: Promise<ComponentType> | undefined;
  const page = lazy(async () => ({ default: await (early ?? load()) }));
  const preload = (): void => {
    early ??= load();
    // The error is reported when the page is shown.
    early.catch(() => {});
  };
  return Object.assign(page, { preload });
}
