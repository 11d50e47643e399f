import { isDeepStrictEqual } from 'node:util';
import type { TunnelSettings, TunnelStatus } from '../../../preload/contract/index.ts';
import { type Candidate, type CandidateOptions, createCandidate, describeCandidate } from './candidate.ts';
import type { ProviderMonitor } from './monitor.ts';
import { configuredUrl, type ProviderSettings } from './providers/index.ts';
import { isExhausted, type ProviderHealth, selectProvider, shouldBeOpen } from './selection.ts';

/** The configured providers, of which one is used. */
export interface Failover {
  readonly status: TunnelStatus;
  /** Of the provider that is used. */
  readonly url: string | undefined;
  /** True where the user configured that URL, so that it never changes by itself. */
  readonly isUserUrl: boolean;
  /** True while a check of the used provider is in progress. */
  readonly busy: boolean;
  /** True where every provider is exhausted. */
  readonly allFailed: boolean;
  /** Switches to other providers or another order; those that stay are not interrupted. */
  use(providers: readonly ProviderSettings[], port: number): void;
  checkNow(): void;
  /** A provider's delivery arrived through this callback URL. */
  confirm(callbackUrl: string): void;
  /** After sleep: what was up before has to be stable again from now on, and earlier deliveries verify nothing. */
  restartRecovery(): void;
  /** Complete. */
  close(): Promise<void>;
}

type FailoverOptions = Omit<CandidateOptions, 'onClosing'>;

/** Without providers until `use` is called. */
export function createFailover(options: FailoverOptions): Failover {
  let port = 0;
  let candidates: readonly Candidate[] = [];
  let current = 0;
  let closing: Promise<void> = Promise.resolve();

  const monitors = (): readonly ProviderMonitor[] => candidates.flatMap(({ monitor }) => monitor ?? []);
  const onClosing = (closed: Promise<void>): void => {
    closing = Promise.all([closing, closed]).then(() => {});
  };
  const arrange = (): void => {
    const next = selectProvider(candidates.map(healthOf), current);
    if (next > current) candidates[current]?.health.setReplaced();
    current = next;
    openAndClose(candidates, current, port, closing);
    options.onChange();
  };

  return {
    get status() {
      return statusOf(candidates, current);
    },
    get url() {
      return candidates[current]?.monitor?.url;
    },
    get isUserUrl() {
      return isUserUrl(candidates[current]);
    },
    get busy() {
      return candidates[current]?.monitor?.busy ?? false;
    },
    get allFailed() {
      return candidates.every(hasFailed);
    },
    use(providers, nextPort) {
      const used = candidates[current];
      const next = reuse(nextPort === port ? candidates : [], providers, { ...options, onChange: arrange, onClosing });
      for (const candidate of candidates) if (!next.includes(candidate)) candidate.close();
      port = nextPort;
      candidates = next;
      current = Math.max(0, used ? candidates.indexOf(used) : 0);
      arrange();
    },
    checkNow() {
      for (const monitor of monitors()) monitor.checkNow();
    },
    confirm(callbackUrl) {
      for (const monitor of monitors()) monitor.confirm(callbackUrl);
    },
    restartRecovery() {
      for (const { health } of candidates) health.restartRecovery();
      for (const monitor of monitors()) monitor.forgetConfirmation();
    },
    close() {
      for (const candidate of candidates) candidate.close();
      candidates = [];
      return closing;
    },
  };
}

/** The providers in the user's order, without repetitions; none where the first is "off". */
export function configuredProviders(first: TunnelSettings, fallbacks: readonly TunnelSettings[]): ProviderSettings[] {
  if (first.provider === 'off') return [];
  const all = [first, ...fallbacks].filter((settings): settings is ProviderSettings => settings.provider !== 'off');
  return all.filter((settings, index) => all.findIndex((other) => isDeepStrictEqual(settings, other)) === index);
}

/** Opens those that are used or may be next, and lets the others close. */
function openAndClose(candidates: readonly Candidate[], current: number, port: number, after: Promise<void>): void {
  const healths = candidates.map(healthOf);
  for (const [index, candidate] of candidates.entries()) {
    if (shouldBeOpen(healths, current, index)) candidate.open(port, after);
    else candidate.linger();
  }
}

function isUserUrl(candidate: Candidate | undefined): boolean {
  return candidate !== undefined && configuredUrl(candidate.settings) !== undefined;
}

function hasFailed({ health: { current } }: Candidate): boolean {
  return isExhausted(current) && !current.up;
}

function healthOf({ health }: Candidate): ProviderHealth {
  return health.current;
}

function statusOf(candidates: readonly Candidate[], current: number): TunnelStatus {
  const candidate = candidates[current];
  const { state = 'connecting', ...details } = candidate?.state ?? {};
  const links = candidates.map((one, index) => describeCandidate(one, index === current, index < current));
  const chain = links.length > 1 ? { chain: links } : {};
  return { provider: candidate?.settings.provider ?? 'off', state, ...details, ...chain };
}

/** A candidate for each provider: an existing one where its settings are the same. */
function reuse(
  existing: readonly Candidate[],
  providers: readonly ProviderSettings[],
  options: CandidateOptions,
): readonly Candidate[] {
  return providers.map((settings) => existing.find(hasSettings(settings)) ?? createCandidate(settings, options));
}

function hasSettings(settings: ProviderSettings): (candidate: Candidate) => boolean {
  return (candidate) => isDeepStrictEqual(candidate.settings, settings);
}
