const first = 5_000;
const most = 60_000;

/** Milliseconds after which a message whose handling failed comes again; `deliveries` counts the one that failed. */
export function redeliverAfter(deliveries: number): number {
  return Math.min(first * 2 ** (deliveries - 1), most);
}
