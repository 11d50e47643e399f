import type {
  Answer,
  Input,
  MessageReference,
  MethodName,
  Output,
  Problem,
  ProblemCode,
} from '../preload/contract/index.ts';
import type { Transport } from './transport/index.ts';

/** An expected failure, with the English text of the host and, where it has one, the reference to its message. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly reason: MessageReference | undefined;

  constructor({ code, message, reason }: Problem) {
    super(message);
    this.code = code;
    this.reason = reason;
  }
}

/** Calls a method and returns its value; throws a ProblemError. */
export async function askValue<M extends MethodName>(
  transport: Transport,
  method: M,
  input: Input<M>,
): Promise<Output<M>> {
  const answer: Answer<M> = await transport.ask(method, input);
  if (answer.ok) return answer.value;
  throw new ProblemError(answer.problem);
}
