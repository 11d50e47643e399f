import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of this test, removed after it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ringback-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** It only ends a test that has failed, so it leaves room for a busy machine. */
const limit = 90_000;

/** Waits until the condition gives something; fails with what it gave last. */
export async function until<T>(condition: () => T | Promise<T>, milliseconds = limit): Promise<NonNullable<T>> {
  const deadline = Date.now() + milliseconds;
  for (let attempt = 1; ; attempt += 1) {
    const value = await inTime(condition, deadline);
    if (value) return value;
    if (Date.now() > deadline) {
      throw new Error(
        `Nothing within ${milliseconds} ms, ${JSON.stringify(value)} at attempt ${attempt}: ${condition}`,
      );
    }
    await pauseAfter(attempt);
  }
}

/** Waits until the assertion holds; fails with its last failure. */
export async function eventually(assertion: () => void | Promise<void>, milliseconds = limit): Promise<void> {
  const deadline = Date.now() + milliseconds;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTime(assertion, deadline);
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await pauseAfter(attempt);
  }
}

/** The result; fails where there is none by the deadline. */
async function inTime<T>(condition: () => T | Promise<T>, deadline: number): Promise<T> {
  const result = condition();
  if (!(result instanceof Promise)) return result;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const fail = (): void => reject(new Error(`The condition has given no result: ${condition}`));
    timer = setTimeout(fail, Math.max(deadline - Date.now(), 0) + 1_000);
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A few milliseconds, and more where it takes long: what is waited for needs the processor, too. */
function pauseAfter(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(5 + attempt, 25)));
}
