import type { Answer, Input, MethodName, Output, ProblemCode } from '../preload/contract.ts';
import type { Transport } from './transport.ts';

/** An expected failure, with the host's own words. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;

  constructor(code: ProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The value asked for; throws a ProblemError. */
export async function askValue<M extends MethodName>(
  transport: Transport,
  method: M,
  input: Input<M>,
): Promise<Output<M>> {
  const answer: Answer<M> = await transport.ask(method, input);
  if (answer.ok) return answer.value;
  throw new ProblemError(answer.problem.code, answer.problem.message);
}
