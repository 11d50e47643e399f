import { randomUUID } from 'node:crypto';

/** An error response, thrown by a handler. */
export class ErrorResponse extends Error {
  readonly status: number;
  /** JSON, or text that is sent as HTML. */
  readonly body: object | string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: object | string, headers: Readonly<Record<string, string>> = {}) {
    super(`answered ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** The body of an error of the gateway, which checks requests before the services. */
export function gatewayBody(code: string, message: string): object {
  return {
    developerMessage: message,
    userMessage: '',
    errorCode: code,
    'more info': 'https://aps.autodesk.com/en/docs/oauth/v2/developers_guide/error_handling/',
  };
}

const codes: Readonly<Record<number, string>> = { 400: 'BAD_REQUEST', 403: 'FORBIDDEN', 404: 'NOT_FOUND' };

/** An error in the form of the Webhooks service. */
export function webhookRejection(status: number, detail: string, code = codes[status] ?? 'ERROR'): ErrorResponse {
  return new ErrorResponse(status, { id: randomUUID(), status, code, detail: [detail] });
}

/** An error in the form of the Model Derivative service. */
export function derivativeRejection(status: number, diagnostic: string): ErrorResponse {
  return new ErrorResponse(status, { diagnostic });
}

export function quotaRejection(retryAfter: number): ErrorResponse {
  return new ErrorResponse(429, { developerMessage: 'Quota limit exceeded.' }, { 'retry-after': String(retryAfter) });
}
