import type { Connection, ConnectorInfo } from '../../preload/contract/index.ts';

type Values = Readonly<Record<string, string>>;

/** Whether a connection with these values needs a user's sign-in. */
export function needsPerson({ signIn }: ConnectorInfo, values: Values): boolean {
  return signIn?.when.in.includes(values[signIn.when.field] ?? '') ?? false;
}

/** The possible redirect URIs, all of which must be registered exactly. */
export function redirectUrisOf({ signIn }: ConnectorInfo, values: Values): readonly string[] {
  if (!signIn) return [];
  const port = values[signIn.portField]?.trim();
  return (port ? [port] : signIn.ports).map((one) => `http://localhost:${one}${signIn.path}`);
}

const day = 24 * 3600_000;

/** Days until the sign-in expires unless renewed, rounded up; undefined where no user is signed in. */
export function daysLeft({ signIn }: Connection, now: number): number | undefined {
  return signIn?.state === 'signed-in' && signIn.until
    ? Math.max(0, Math.ceil((Date.parse(signIn.until) - now) / day))
    : undefined;
}
