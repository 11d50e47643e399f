import type { Delivery, RejectedDelivery, VerifiedDelivery } from '../../main/engine/connector/index.ts';

/** A delivery of this text or JSON value; `registered` is what stands behind the address. */
export function delivery(
  body: unknown,
  options: {
    readonly headers?: Delivery['headers'];
    readonly registered?: Delivery['hook'];
    readonly names?: Readonly<Record<string, string>>;
  } = {},
): Delivery {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    method: 'POST',
    suffix: '',
    headers: options.headers ?? {},
    body: Buffer.from(text),
    hook: options.registered ?? { event: '*', scope: {} },
    nameOf: (resource) => options.names?.[resource],
  };
}

/** The verdict as it is stored where its diagnosis is allowed. */
export function diagnosed(verdict: VerifiedDelivery | RejectedDelivery): VerifiedDelivery | RejectedDelivery {
  return verdict.genuine ? verdict : { genuine: false, ...(verdict.diagnose?.() ?? verdict) };
}
