import { addressOf, viewAt } from './address.ts';
import { createSignal } from './signal.ts';
import type { View, ViewSignal } from './view.ts';

type Place = Pick<globalThis.Window, 'addEventListener'> & {
  readonly location: Pick<Location, 'hash' | 'replace'>;
};

const firstView: View = { page: 'home' };

/** Synchronizes the view with the address behind "#", so that Back, reload and links work, until it is ended. */
export function createView(place: Place, ended: AbortSignal): ViewSignal {
  const signal = createSignal<View>(viewAt(place.location.hash) ?? firstView);
  const follow = () => {
    const { hash } = place.location;
    const view = /^#?$/.test(hash) ? firstView : viewAt(hash);
    // The view is kept where its address is the same, since it may contain more than the address.
    if (view && addressOf(view) !== addressOf(signal.get())) signal.set(view);
  };
  place.addEventListener('hashchange', follow, { signal: ended });
  return {
    ...signal,
    set(view) {
      const from = signal.get();
      signal.set(view);
      const address = `#${addressOf(view)}`;
      if (address === `#${addressOf(from)}`) return;
      if (isRefinement(from, view)) place.location.replace(address);
      else place.location.hash = address;
    },
  };
}

/** Whether only the search was edited, which replaces the address, so that Back does not undo it letter by letter. */
function isRefinement(from: View, to: View): boolean {
  return (
    from.page === 'events' && to.page === 'events' && addressOf({ ...from, q: '' }) === addressOf({ ...to, q: '' })
  );
}
