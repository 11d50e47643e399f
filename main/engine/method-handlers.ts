import type { MethodName, Output, ParsedInput } from '../../preload/contract/index.ts';

/** Answers methods of the contract: each takes its validated input and gives its output. */
export type MethodHandlers<M extends MethodName> = {
  readonly [Name in M]: (input: ParsedInput<Name>) => Output<Name> | Promise<Output<Name>>;
};

/** The methods of one domain: those whose names begin with it. */
export type MethodsOf<Domain extends string> = Extract<MethodName, `${Domain}.${string}`>;

/** Entries of a list, where the question names no limit. */
export const defaultLimit = 100;
