import type { Input, MethodName, Output } from '../../preload/contract/index.ts';
import type { Engine } from './composition/index.ts';
import { toError } from './errors.ts';

/** Asks the engine what the window would ask; a problem is thrown. */
export async function ask<M extends MethodName>(
  engine: Pick<Engine, 'ask'>,
  method: M,
  input: Input<M>,
): Promise<Output<M>> {
  const answer = await engine.ask(method, input);
  if (answer.ok) return answer.value as Output<M>;
  throw toError(answer.problem);
}
