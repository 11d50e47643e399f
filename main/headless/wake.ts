/** Plain Node is not told when the computer sleeps: time that is missing between two ticks tells it. Returns what ends it. */
export function startWakeWatch(wake: () => void, now: () => number, every = 10_000): () => void {
  let last = now();
  const timer = setInterval(() => {
    const passed = now() - last;
    last += passed;
    if (passed > 3 * every) wake();
  }, every);
  return () => clearInterval(timer);
}
