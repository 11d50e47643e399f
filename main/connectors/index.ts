import type { Connector } from '../engine/connector/index.ts';
import { apsManufacturing } from './aps-manufacturing/index.ts';
import { apsWebhooks } from './aps-webhooks/index.ts';
import { autoflex } from './autoflex/index.ts';

/** All providers; a new one is added here. */
export const connectors: readonly Connector[] = [apsWebhooks, apsManufacturing, autoflex];
