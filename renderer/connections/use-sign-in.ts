import { useAct } from '../queries.ts';

interface SignInAct {
  readonly pending: boolean;
  readonly problem: Error | null;
  /** The URL of the sign-in page, where this window had to open it. */
  readonly url: string | undefined;
  begin(connection: string): void;
}

/** Starts a sign-in or opens its page again; in a new tab where the host has no browser. */
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
    // The error is in `problem` and in the connection's state.
    begin: (connection) => void begin(connection).catch(() => {}),
  };
}
