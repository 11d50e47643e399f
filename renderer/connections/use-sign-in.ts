import { useAct } from '../queries.ts';

interface SignInAct {
  readonly pending: boolean;
  readonly problem: Error | null;
  /** The page, where this window had to open it. */
  readonly url: string | undefined;
  begin(connection: string): void;
}

/** Begins a sign-in, or opens its page again; where the host has no browser, in a new tab of this one. */
export function useSignIn(): SignInAct {
  const { mutateAsync, data, error, isPending } = useAct('connections.signIn');
  const begin = async (id: string): Promise<void> => {
    const { opened, url } = await mutateAsync({ id });
    if (!opened) window.open(url, '_blank', 'noopener,noreferrer');
  };
  return {
    pending: isPending,
    problem: error,
    url: data && !data.opened ? data.url : undefined,
    // What went wrong is in `problem`, and with the connection.
    begin: (connection) => void begin(connection).catch(() => {}),
  };
}
