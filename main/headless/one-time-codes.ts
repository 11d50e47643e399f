import { randomBytes } from 'node:crypto';

/** Codes that open the window once, because other users can see the URL in the command line of the browser. */
interface OneTimeCodes {
  issue(): string;
  /** Whether the code is valid, which it is for a minute after it was issued; it can be redeemed once. */
  redeem(code: string): boolean;
  /** Invalidates all codes issued so far. */
  revoke(): void;
}

/** Milliseconds for the browser to start. */
const lifetime = 60_000;
/** Limit of unused codes; the oldest are discarded first. */
const maxCodes = 20;

export function createOneTimeCodes(now: () => number): OneTimeCodes {
  const issued = new Map<string, number>();
  return {
    issue() {
      const code = randomBytes(16).toString('hex');
      issued.set(code, now());
      const [oldest] = issued.keys();
      if (issued.size > maxCodes && oldest !== undefined) issued.delete(oldest);
      return code;
    },
    redeem(code) {
      const at = issued.get(code);
      issued.delete(code);
      return at !== undefined && now() - at <= lifetime;
    },
    revoke: () => issued.clear(),
  };
}
