import { expect, test } from 'vitest';
import { SinkTarget } from '../../preload/contract/index.ts';
import { emptyDraft, missingIn, requestOf, sinkKinds } from '../../renderer/settings/sinks/sink-draft.ts';

const filled = {
  ...{ ...emptyDraft, url: ' https://ntfy.example/topic ', token: 'secret', host: 'smtp.example.com' },
  ...{ from: 'bell@example.com', to: 'a@example.com, b@example.com', username: 'bell', password: ' pass ' },
};

test.each(sinkKinds)('what the form asks for %s is what the contract takes', (kind) => {
  const { target } = requestOf(kind, filled);
  expect(SinkTarget.safeParse(target).error).toBeUndefined();
  expect(missingIn(kind, filled)).toEqual([]);
});

test('each kind sends only its own fields', () => {
  expect(requestOf('slack', { ...filled, name: ' Team ' })).toEqual({
    name: 'Team',
    target: { kind: 'webhook', format: 'slack', url: 'https://ntfy.example/topic' },
  });
  expect(requestOf('ntfy', filled).target).toEqual({
    ...{ kind: 'ntfy', url: 'https://ntfy.example/topic', token: 'secret' },
  });
  expect(requestOf('email', filled).target).toMatchObject({
    ...{ port: 587, to: ['a@example.com', 'b@example.com'], password: ' pass ' },
  });
});

test('what is missing is found before anything is asked', () => {
  expect(missingIn('webhook', emptyDraft)).toEqual(['url']);
  expect(missingIn('email', { ...emptyDraft, port: ' ' })).toEqual(['host', 'port', 'from', 'to']);
});
