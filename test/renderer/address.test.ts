import { expect, test } from 'vitest';
import { addressOf, viewAt } from '../../renderer/address.ts';
import { createView } from '../../renderer/navigation.ts';
import type { View } from '../../renderer/view.ts';

test.each<[string, View]>([
  ['/home', { page: 'home' }],
  ['/events', { page: 'events' }],
  ['/events/123', { page: 'events', event: '123' }],
  ['/events/123?q=outcome:failed+tower', { page: 'events', event: '123', q: 'outcome:failed tower' }],
  ['/events?q=%22a%26b%3Dc%23%22+event:dm.*', { page: 'events', q: '"a&b=c#" event:dm.*' }],
  ['/events?q=50%25+a%2Bb', { page: 'events', q: '50% a+b' }],
  ['/events?notification=17', { page: 'events', notification: '17' }],
  ['/events?tab=rejected', { page: 'events', tab: 'rejected' }],
  ['/events?tab=rejected&rejection=12', { page: 'events', tab: 'rejected', rejection: '12' }],
  ['/hooks/a%2Fb%20c', { page: 'hooks', hook: 'a/b c' }],
  ['/hooks?form=hook', { page: 'hooks', form: 'hook' }],
  ['/jobs/job-1', { page: 'jobs', job: 'job-1' }],
  ['/backups/b-1', { page: 'backups', backup: 'b-1' }],
  [
    '/connections?form=connection&connector=aps-webhooks',
    { page: 'connections', form: 'connection', connector: 'aps-webhooks' },
  ],
  ['/team?form=invite', { page: 'team', form: 'invite' }],
  ['/settings', { page: 'settings' }],
])('%s is the address of a view, and leads back to it', (address, view) => {
  expect(addressOf(view)).toBe(address);
  expect(viewAt(`#${address}`)).toEqual(view);
});

test.each(['', '#', '#token=abc', '#/nowhere', '#/settings/1', '#/events/%', '#/events/1/2'])(
  'no view is at "%s"',
  (hash) => expect(viewAt(hash)).toBeUndefined(),
);

test('parameters that a page does not know, and values it does not take, are left out', () => {
  expect(viewAt('#/hooks?form=job&q=x')).toEqual({ page: 'hooks' });
  expect(viewAt('#/events?notification=1%20OR%201&tab=other')).toEqual({ page: 'events' });
});

/** An address bar with its history. */
function addressBar(hash: string) {
  const entries = [hash];
  const listeners: (() => void)[] = [];
  const location = {
    get hash() {
      return entries.at(-1) ?? '';
    },
    set hash(address: string) {
      entries.push(address);
      for (const listener of listeners) listener();
    },
    replace(address: string | URL) {
      entries.splice(-1, 1, String(address));
      for (const listener of listeners) listener();
    },
  };
  const addEventListener = (_type: string, listener: () => void, { signal }: { readonly signal: AbortSignal }) => {
    listeners.push(listener);
    signal.addEventListener('abort', () => listeners.splice(listeners.indexOf(listener), 1));
  };
  const back = () => {
    entries.pop();
    for (const listener of listeners) listener();
  };
  return { place: { location, addEventListener } as unknown as Parameters<typeof createView>[0], entries, back };
}

const { signal: open } = new AbortController();

test('a view that is opened gets an address, and Back leads to the one before', () => {
  const bar = addressBar('#/jobs');
  const view = createView(bar.place, open);
  expect(view.get()).toEqual({ page: 'jobs' });
  view.set({ page: 'hooks', hook: 'h' });
  expect(bar.entries).toEqual(['#/jobs', '#/hooks/h']);
  bar.back();
  expect(view.get()).toEqual({ page: 'jobs' });
});

test('without an address the first page is shown, also on the way back', () => {
  const bar = addressBar('');
  const view = createView(bar.place, open);
  expect(view.get()).toEqual({ page: 'home' });
  view.set({ page: 'jobs', job: 'j' });
  bar.back();
  expect(view.get()).toEqual({ page: 'home' });
});

test('a view that has ended follows the address no more', () => {
  const bar = addressBar('#/jobs');
  const ended = new AbortController();
  const view = createView(bar.place, ended.signal);
  ended.abort();
  bar.place.location.hash = '#/hooks';
  expect(view.get()).toEqual({ page: 'jobs' });
});

test('a search that is typed on replaces its address', () => {
  const bar = addressBar('');
  const view = createView(bar.place, open);
  view.set({ page: 'events', event: '1' });
  view.set({ page: 'events', event: '1', q: 't' });
  view.set({ page: 'events', event: '1', q: 'to' });
  expect(bar.entries).toEqual(['', '#/events/1?q=to']);
});

test('a form keeps the values it starts with, which its address does not say', () => {
  const view = createView(addressBar('').place, open);
  const begin = { connection: 'c', event: 'e' };
  view.set({ page: 'hooks', form: 'hook', begin });
  expect(view.get()).toEqual({ page: 'hooks', form: 'hook', begin });
});
