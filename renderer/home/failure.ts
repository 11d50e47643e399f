/** What a page needs of a query to say that it failed and to ask again. */
interface Asked {
  readonly error: Error | null;
  refetch(): Promise<unknown>;
}

/** The first failure among queries, and how to ask again what failed. */
export function failureOf(queries: readonly Asked[]): { readonly problem: Error | undefined; retry(): void } {
  const failed = queries.filter(({ error }) => error);
  return {
    problem: failed[0]?.error ?? undefined,
    retry: () => {
      for (const query of failed) void query.refetch();
    },
  };
}
