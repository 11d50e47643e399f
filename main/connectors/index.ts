import type { Connector } from '../engine/connector/index.ts';
import { apsManufacturing } from './aps-manufacturing/index.ts';
import { apsWebhooks } from './aps-webhooks/index.ts';
import { autoflex } from './autoflex/index.ts';

/** Every provider Ringback knows; adding one is a line here. */
export const connectors: readonly Connector[] = [apsWebhooks, apsManufacturing, autoflex];
