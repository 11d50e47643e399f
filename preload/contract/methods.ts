import type { z } from 'zod';
import { backupMethods } from './backups.ts';
import { connectionMethods } from './connections.ts';
import { doctorMethods } from './doctor.ts';
import { eventMethods } from './events.ts';
import { hookMethods } from './hooks.ts';
import { jobMethods } from './jobs.ts';
import { leaveMethods } from './leave.ts';
import { metricsMethods } from './metrics.ts';
import { notificationMethods } from './notifications.ts';
import { removalMethods } from './removals.ts';
import { settingsMethods } from './settings.ts';
import { sinkMethods } from './sinks.ts';
import { statusMethods } from './status.ts';
import { supportMethods } from './support.ts';
import { teamMethods } from './team.ts';
import { transferMethods } from './transfer.ts';
import { updateMethods } from './updates.ts';

/** All methods: name → input and output. Add one in its domain here and in that domain's `methods` in the engine. */
export const methods = {
  ...statusMethods,
  ...settingsMethods,
  ...connectionMethods,
  ...hookMethods,
  ...eventMethods,
  ...notificationMethods,
  ...sinkMethods,
  ...backupMethods,
  ...doctorMethods,
  ...jobMethods,
  ...teamMethods,
  ...updateMethods,
  ...supportMethods,
  ...metricsMethods,
  ...leaveMethods,
  ...transferMethods,
  ...removalMethods,
} as const;

export type Methods = typeof methods;

export type MethodName = keyof Methods;

export type Input<M extends MethodName> = z.input<Methods[M]['input']>;

export type ParsedInput<M extends MethodName> = z.output<Methods[M]['input']>;

export type Output<M extends MethodName> = z.output<Methods[M]['output']>;
