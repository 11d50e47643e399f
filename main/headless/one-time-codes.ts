import { randomBytes } from 'node:crypto';

/** Codes that open the window once. Other users can read the command line in which a browser gets its address. */
interface OneTimeCodes {
  issue(): string;
  /** Whether the code was issued lately; it is spent by that. */
  redeem(code: string): boolean;
  /** No code issued so far can be used any more. */
  revoke(): void;
}

/** Milliseconds a browser may take to start. */
const lifetime = 60_000;
/** Codes that are not used are forgotten, the oldest first. */
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
