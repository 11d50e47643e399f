import { isDeepStrictEqual } from 'node:util';
import type { TunnelLink, TunnelSettings, TunnelStatus } from '../../../preload/contract.ts';
import {
  type MonitorOptions,
  type MonitorTimings,
  type ProviderMonitor,
  type ProviderState,
  startMonitor,
} from './monitor.ts';
import { configuredUrl, type ProviderSettings } from './provider.ts';
import { isExhausted, type ProviderHealth, selectProvider, shouldBeOpen } from './selection.ts';

/** The ways of the user, of which one is used. */
export interface Failover {
  readonly status: TunnelStatus;
  /** Of the way that is used. */
  readonly url: string | undefined;
  /** True where the user gave that address, so that it stays whatever happens. */
  readonly isUserUrl: boolean;
  /** True while it is not yet clear how the used way stands. */
  readonly busy: boolean;
  /** True where every way has failed twice. */
  readonly allFailed: boolean;
  /** Takes another order; ways that stay are not interrupted. */
  use(ways: readonly ProviderSettings[], port: number): void;
  checkNow(): void;
  /** The computer slept: what was up before has proven nothing meanwhile. */
  restartRecovery(): void;
  /** Complete. */
  close(): Promise<void>;
}

export interface FailoverOptions
  extends Pick<MonitorOptions, 'port' | 'echo' | 'fetch' | 'environment' | 'log' | 'after'> {
  readonly providers: readonly ProviderSettings[];
  readonly timings: FailoverTimings;
  /** Something about `status` or `url` may have changed. */
  changed(): void;
  /** A way has become clear about itself. */
  onSettled(): void;
}

/** All in milliseconds. */
export interface FailoverTimings extends MonitorTimings {
  /** A way that comes up while others try, too, is used only after so long. */
  readonly settleAfter: number;
  /** So long a way that failed must hold before it is preferred again; longer each time it was fallen back from. */
  readonly recoveryPeriod: number;
  /** A way that is used no more stays open for so long: hooks are being moved away from it, and callbacks are on their way. */
  readonly lingerFor: number;
}

/** The time to prove itself is doubled so often at most. */
const mostDoublings = 3;

interface Link extends ProviderHealth {
  readonly settings: ProviderSettings;
  watch?: ProviderMonitor;
  news: ProviderState | undefined;
  up: boolean;
  failures: number;
  settled: boolean;
  /** How often it was fallen back from. */
  lapses: number;
  upSince: number;
  readonly timers: { settle?: NodeJS.Timeout; prove?: NodeJS.Timeout; linger?: NodeJS.Timeout };
}

export function openFailover({
  providers: ways,
  timings,
  changed,
  onSettled: settle,
  ...options
}: FailoverOptions): Failover {
  const longestProof = timings.recoveryPeriod * 2 ** mostDoublings;
  let { port } = options;
  let links: Link[] = ways.map(toLink);
  let present = 0;
  let stopping: Promise<unknown> = options.after;

  const hold = (link: Link): void => {
    clearTimeout(link.timers.settle);
    clearTimeout(link.timers.prove);
    link.timers.settle = setTimeout(() => {
      link.settled = true;
      arrange();
    }, timings.settleAfter);
    link.timers.prove = setTimeout(
      () => {
        link.failures = 0;
        arrange();
      },
      timings.recoveryPeriod * 2 ** Math.min(link.lapses, mostDoublings),
    );
  };
  const drop = (link: Link): void => {
    clearTimeout(link.timers.settle);
    clearTimeout(link.timers.prove);
    link.up = false;
    link.settled = false;
  };
  const hear = (link: Link, news: ProviderState): void => {
    link.news = news;
    if (news.state === 'up' && !link.up) {
      link.up = true;
      link.upSince = performance.now();
      hold(link);
    } else if (news.state === 'down') {
      if (link.up && performance.now() - link.upSince > longestProof) link.lapses = 0;
      drop(link);
      link.failures += 1;
    }
    arrange();
  };

  const start = (link: Link): void => {
    clearTimeout(link.timers.linger);
    delete link.timers.linger;
    link.watch ??= startMonitor({
      ...options,
      settings: link.settings,
      port,
      timings,
      after: stopping.then(() => {}),
      onChange: (news) => link.watch && hear(link, news),
      onSettled: settle,
    });
    link.news ??= { state: 'connecting', ...withUrl(configuredUrl(link.settings)) };
  };
  const stop = (link: Link): void => {
    clearTimeout(link.timers.linger);
    delete link.timers.linger;
    drop(link);
    const stopped = link.watch?.stop();
    delete link.watch;
    link.news = undefined;
    link.failures = 0;
    stopping = Promise.all([stopping, stopped]);
  };
  /** Sees to it that the right way is used and the right ones are open. */
  const arrange = (): void => {
    const next = selectProvider(links, present);
    const last = links[present];
    if (last && next > present) last.lapses += 1;
    present = next;
    for (const [index, link] of links.entries()) {
      if (shouldBeOpen(links, present, index)) start(link);
      else if (link.watch) link.timers.linger ??= setTimeout(() => end(link), timings.lingerFor);
    }
    changed();
  };
  const end = (link: Link): void => {
    stop(link);
    changed();
  };

  const describe = (link: Link, index: number): TunnelLink => {
    const { state = 'waiting', ...news } = link.news ?? {};
    const proving = link.up && index < present && link.failures > 0;
    return { provider: link.settings.provider, state, ...news, used: index === present, proving };
  };
  arrange();

  return {
    get status(): TunnelStatus {
      const link = links[present];
      const { state = 'connecting', ...news } = link?.news ?? {};
      const chain = links.length > 1 ? { chain: links.map(describe) } : {};
      return { provider: link?.settings.provider ?? 'off', state, ...news, ...chain };
    },
    get url() {
      return links[present]?.watch?.url;
    },
    get isUserUrl() {
      const link = links[present];
      return link !== undefined && configuredUrl(link.settings) !== undefined;
    },
    get busy() {
      return links[present]?.watch?.busy ?? false;
    },
    get allFailed() {
      return links.every((link) => isExhausted(link) && !link.up);
    },
    use(nextWays, nextPort) {
      const used = links[present];
      const kept = nextPort === port ? links : [];
      for (const link of links) if (!kept.includes(link) || !nextWays.some(isSame(link))) stop(link);
      port = nextPort;
      links = nextWays.map((way) => kept.find((link) => isSame(link)(way)) ?? toLink(way));
      present = Math.max(0, used ? links.indexOf(used) : 0);
      arrange();
    },
    checkNow() {
      for (const { watch } of links) watch?.checkNow();
    },
    restartRecovery() {
      for (const link of links) if (link.up && link.failures > 0) hold(link);
    },
    async close() {
      for (const link of links) stop(link);
      links = [];
      await stopping;
    },
  };
}

/** The ways of the user in their order; none where the first says that there shall be none. */
export function configuredProviders(first: TunnelSettings, fallbacks: readonly TunnelSettings[]): ProviderSettings[] {
  if (first.provider === 'off') return [];
  const ways = [first, ...fallbacks].filter((way): way is ProviderSettings => way.provider !== 'off');
  return ways.filter((way, index) => ways.findIndex((other) => isDeepStrictEqual(way, other)) === index);
}

function toLink(settings: ProviderSettings): Link {
  return { settings, news: undefined, up: false, failures: 0, settled: false, lapses: 0, upSince: 0, timers: {} };
}

function isSame({ settings }: Link): (way: ProviderSettings) => boolean {
  return (way) => isDeepStrictEqual(way, settings);
}

function withUrl(url: string | undefined): { url?: string } {
  return url === undefined ? {} : { url };
}
