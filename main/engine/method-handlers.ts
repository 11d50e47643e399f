import type { MethodName, Output, ParsedInput } from '../../preload/contract.ts';

/** Answers methods of the contract: each takes its validated input and gives its output. */
export type MethodHandlers<M extends MethodName> = {
  readonly [Name in M]: (input: ParsedInput<Name>) => Output<Name> | Promise<Output<Name>>;
};
