import { expect, test } from 'vitest';
import { defaultTimings } from '../../../main/engine/tunnel/tunnel.ts';
import { eventually } from '../../support/temporary.ts';
import { reachable, relay } from './tunnel-host.ts';

/** As by default, in tenths of a second. */
const timings = {
  ...{ echoInterval: 60_000, urgentInterval: 1_000 },
  ...{ echoDeadline: 2_000, urgentDeadline: 600, urgentRepeatDeadline: 300 },
};

test('a tunnel that swallows requests is noticed within 15 seconds while something waits, else within a minute', () => {
  const { echoInterval, echoDeadline, pause, urgentInterval, urgentDeadline, urgentRepeatDeadline } = defaultTimings;
  expect(urgentInterval + urgentDeadline + urgentRepeatDeadline).toBeLessThan(15_000);
  expect(echoInterval + 2 * echoDeadline + pause).toBeLessThan(60_000);
  expect(60_000 / urgentInterval).toBeLessThanOrEqual(6);
});

test.each(['swallows', 'freezes'])('a relay that %s is noticed without a wake while something waits', async (fault) => {
  const host = await relay();
  const { state } = await reachable({ provider: 'localtunnel', host: host.url }, { timings, awaited: () => true });
  await state('up');
  if (fault === 'freezes') host.freezeClients();
  else host.faults.hangRequests = true;
  const since = performance.now();
  await state('down');
  expect(performance.now() - since).toBeGreaterThan(300);
});

test('what starts to wait shortens the present wait between echoes', async () => {
  const host = await relay();
  let isAwaited = false;
  const { state } = await reachable({ provider: 'localtunnel', host: host.url }, { timings, awaited: () => isAwaited });
  await state('up');
  host.faults.hangRequests = true;
  isAwaited = true;
  await state('down');
});

/** A tunnel whose echoes are counted and always answered. */
async function counted(awaited: () => boolean) {
  const echoes: number[] = [];
  const url = 'http://127.0.0.1:9';
  const host = await reachable(
    { provider: 'fixed', url },
    {
      ...{ timings: { ...timings, urgentInterval: 400 }, awaited },
      fetch: async (_url, init) => {
        echoes.push(performance.now());
        return new Response(host.echo.answer(Buffer.from(String(init?.body))));
      },
    },
  );
  await host.state('up');
  return { ...host, url, echoes };
}

test('callbacks that arrive through the tunnel count like echoes', async () => {
  const { tunnel, url, echoes } = await counted(() => true);
  const callbacks: number[] = [];
  const traffic = setInterval(() => {
    callbacks.push(performance.now());
    tunnel.confirm(`${url}/in/0123456789abcdef0123456789abcdef`);
  }, 20);
  const since = performance.now();
  await eventually(() => expect(performance.now() - since).toBeGreaterThan(1_600));
  clearInterval(traffic);
  await eventually(() => expect(echoes.length).toBeGreaterThan(1));
  // A busy computer may delay the callbacks as well, but none of them came within the interval before an echo.
  const tooEarly = (echo: number) => callbacks.some((at) => at < echo && at > echo - 390);
  expect(echoes.slice(1).filter(tooEarly)).toEqual([]);
});

test('callbacks at another URL do not', async () => {
  const { tunnel, echoes } = await counted(() => true);
  const traffic = setInterval(() => tunnel.confirm('https://old.example/in/0123456789abcdef0123456789abcdef'), 20);
  await eventually(() => expect(echoes.length).toBeGreaterThan(2));
  clearInterval(traffic);
});

test('while nothing waits there is one echo in the longer interval', async () => {
  const { tunnel, echoes } = await counted(() => false);
  const since = performance.now();
  await eventually(() => expect(performance.now() - since).toBeGreaterThan(1_200));
  expect(echoes).toHaveLength(1);
  await tunnel.check();
  expect(echoes).toHaveLength(2);
});
