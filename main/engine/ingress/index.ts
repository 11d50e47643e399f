export { createEcho, type Echo } from './echo.ts';
export { type Address, createIntake, toRow } from './intake.ts';
export { type Arrival, type Door, openReceiver, type Receiver, type Reply } from './receiver.ts';
export { createDoors } from './routes.ts';
