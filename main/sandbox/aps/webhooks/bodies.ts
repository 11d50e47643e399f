import { z } from 'zod';
import { parseFilter } from '../../../callback-filter.ts';
import type { HookState } from './hook-store.ts';

const Attribute = z
  .record(z.string(), z.unknown())
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) < 1024, 'hookAttribute must be under 1 KB');
const FilterText = z.string().refine(isFilter, 'filter is not a valid JsonPath filter expression');
const Filter = z.union([FilterText, z.array(FilterText).min(1)]);
const Expiry = z.iso.datetime({ offset: true });

export const NewHook = z.object({
  callbackUrl: z.string().refine((text) => /^https?:/.test(text) && URL.canParse(text), 'callbackUrl is not a URL'),
  scope: z
    .record(z.string(), z.string().min(1))
    .refine((scope) => Object.keys(scope).length === 1, 'scope must have exactly one key'),
  hookAttribute: Attribute.optional(),
  filter: Filter.optional(),
  autoReactivateHook: z.boolean().default(false),
  hookExpiry: Expiry.nullable().optional(),
  callbackWithEventPayloadOnly: z.boolean().default(false),
  hubId: z.string().min(1).optional(),
  projectId: z.string().min(1).optional(),
  tenant: z.string().min(1).optional(),
});
export type NewHook = z.infer<typeof NewHook>;

// The service's error says "alphanumeric"; the length of 32 to 64 characters is from an article of Autodesk and a related
// product.
const SecretToken = z.string().regex(/^[A-Za-z0-9]{32,64}$/, 'token must be 32 to 64 letters and digits');
export const OwnerSecret = z.object({ token: SecretToken });
export const HookUpdate = z
  .strictObject({
    status: z.enum(['active', 'inactive']).optional(),
    autoReactivateHook: z.boolean().optional(),
    filter: Filter.nullable().optional(),
    hookAttribute: Attribute.nullable().optional(),
    token: SecretToken.optional(),
    hookExpiry: z
      .union([Expiry, z.literal('')])
      .nullable()
      .optional(),
    callbackWithEventPayloadOnly: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'nothing to change');
export type HookUpdate = z.infer<typeof HookUpdate>;

/** The initial state of a new hook. */
export function stateOf(body: NewHook): HookState {
  const { autoReactivateHook, callbackWithEventPayloadOnly, hookAttribute, filter, hookExpiry } = body;
  return {
    status: 'active',
    autoReactivateHook,
    callbackWithEventPayloadOnly,
    hookAttribute,
    filter,
    hookExpiry: hookExpiry ?? undefined,
  };
}

function isFilter(text: string): boolean {
  try {
    parseFilter(text);
    return true;
  } catch {
    return false;
  }
}
