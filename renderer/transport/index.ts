export { openTransport } from './open-transport.ts';
export { tokenIn } from './token.ts';
export type { Transport } from './transport.ts';
