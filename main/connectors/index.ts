import type { Connector } from '../engine/connector/connector.ts';
import { apsManufacturing } from './aps-manufacturing/connector.ts';
import { apsWebhooks } from './aps-webhooks/connector.ts';
import { autoflex } from './autoflex/connector.ts';

/** Every provider Ringback knows; adding one is a line here. */
export const connectors: readonly Connector[] = [apsWebhooks, apsManufacturing, autoflex];
