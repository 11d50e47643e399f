import type { Request } from 'express';
import type { z } from 'zod';
import type { ErrorResponse } from './error-response.ts';

/** Parses the request's JSON body with the schema; rejects anything else with 400 in the form of the service. */
export function parseJson<T>(
  request: Request,
  schema: z.ZodType<T>,
  refuse: (status: number, detail: string) => ErrorResponse,
): T {
  if (!request.is('application/json')) throw refuse(400, 'The Content-Type must be application/json.');
  const parsed = schema.safeParse(jsonOf(request, refuse));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(400, `${issue?.path.join('.')}: ${issue?.message}`);
}

function jsonOf(request: Request, refuse: (status: number, detail: string) => ErrorResponse): unknown {
  try {
    return JSON.parse(String(request.body));
  } catch {
    throw refuse(400, 'The body is not valid JSON.');
  }
}
