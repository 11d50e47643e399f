const first = 5_000;
const most = 60_000;

/** Milliseconds until a message whose handling failed is delivered again; `deliveries` counts the failed one. */
export function redeliverAfter(deliveries: number): number {
  return Math.min(first * 2 ** (deliveries - 1), most);
}
