/** The simulators as a package: `import { startSandboxService } from 'ringback/sandbox'`. */

export interface SandboxServiceOptions {
  /** The port of the control endpoint; 0 or absent for any free port. The services always use free ports. */
  readonly port?: number | undefined;
  readonly apsPort?: number | undefined;
  readonly autoflexPort?: number | undefined;
  /** The same ids, tokens and secrets in the same order for the same seed; unpredictable ones when absent. */
  readonly seed?: string | undefined;
  /** The time at the start and after a reset, in milliseconds since 1970; the computer's if absent. */
  readonly time?: number | undefined;
  /** Faults from the start, and again after each reset. */
  readonly faults?: readonly ServiceFault[] | undefined;
  /** How the services behave from the start, and again after each reset. */
  readonly behaviour?: ServiceBehaviour | undefined;
}

/** Differences from the documented or usual behaviour; `sandbox.behaviour()` returns all names and values. */
export interface ServiceBehaviour {
  /** Such as `{ tokenLifetime: 60, hubs: 'none' }`. */
  readonly aps?: Readonly<Record<string, unknown>> | undefined;
  /** By group, such as `{ order: { notReady: 2 } }`. */
  readonly autoflex?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
}

/** A response that replaces the usual one. */
export interface ServiceFault {
  readonly service: 'aps' | 'autoflex';
  readonly method?: string | undefined;
  /** Requests whose path contains it; all when absent. */
  readonly path?: string | undefined;
  /** The number of requests it applies to; 1 if absent. */
  readonly times?: number | undefined;
  readonly status?: number | undefined;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
  /** JSON, or text that is sent as HTML. */
  readonly body?: unknown;
  /** Closes the connection instead: before the request is processed, or after. */
  readonly cut?: 'before' | 'after' | undefined;
  /** Never responds to the request. */
  readonly hang?: boolean | undefined;
}

export interface SandboxAddresses {
  readonly control: string;
  readonly aps: {
    readonly url: string;
    readonly clientId: string;
    readonly clientSecret: string;
    /** The app without a secret (PKCE). */
    readonly publicClientId: string;
    readonly redirectUris: readonly string[];
    readonly project: {
      readonly hubId: string;
      readonly projectId: string;
      readonly rootFolder: string;
      readonly projectRoot: string;
      readonly folder: string;
      readonly workflow: string;
    };
  };
  readonly autoflex: {
    readonly url: string;
    readonly username: string;
    readonly apiKey: string;
    readonly password: string;
  };
}

export interface SandboxService {
  addresses(): SandboxAddresses;
  /** Discards all state; the ports stay. */
  reset(): Promise<SandboxAddresses>;
  addFault(fault: ServiceFault): void;
  /** The present behaviour of the services. */
  behaviour(): { readonly aps: object; readonly autoflex: object };
  /** Changes only what is given, until the next reset; throws a RangeError, changing nothing, for an invalid value. */
  changeBehaviour(change: ServiceBehaviour): void;
  readonly clock: {
    /** Milliseconds since 1970. */
    now(): number;
    set(time: number): void;
    advance(milliseconds: number): void;
  };
  stop(): Promise<void>;
}

export function startSandboxService(options?: SandboxServiceOptions): Promise<SandboxService>;
