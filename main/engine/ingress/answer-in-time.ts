import type { CallbackResponse } from './route.ts';

/**
 * The response, or a late one once the time is over. The work continues, and `pending` of the late response says so,
 * since what the work holds stays in memory until it has ended.
 */
export async function answerInTime(
  work: Promise<CallbackResponse>,
  milliseconds: number,
  late: () => CallbackResponse,
): Promise<CallbackResponse> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<CallbackResponse>((resolve) => {
    timer = setTimeout(() => resolve({ ...late(), pending: work }), milliseconds);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
