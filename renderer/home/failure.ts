/** The parts of a query that are needed to show its error and retry it. */
interface Asked {
  readonly error: Error | null;
  refetch(): Promise<unknown>;
}

/** The first error of the queries, and a function that retries the failed ones. */
export function failureOf(queries: readonly Asked[]): { readonly problem: Error | undefined; retry(): void } {
  const failed = queries.filter(({ error }) => error);
  return {
    problem: failed[0]?.error ?? undefined,
    retry: () => {
      for (const query of failed) void query.refetch();
    },
  };
}
