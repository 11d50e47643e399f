import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { ErrorResponse, FaultOrder, parseJson } from '../http/index.ts';
import type { ApsControls } from './simulator.ts';
import { regions } from './webhooks/index.ts';

const Alteration = z.strictObject({
  signature: z.enum(['wrong', 'none']).optional(),
  body: z.literal('reserialised').optional(),
  repeat: z.enum(['same-id', 'new-id']).optional(),
});
const Name = z.string().regex(/^[^/]{1,200}$/, 'must be a file name');
const FileScenario = z.strictObject({
  name: Name.optional(),
  region: z.enum(regions).optional(),
  alter: Alteration.optional(),
});
const ProcessingScenario = FileScenario.extend({
  steps: z.array(z.tuple([z.string()]).or(z.tuple([z.string(), z.string()]))).optional(),
});
const TranslationScenario = FileScenario.extend({
  outcome: z.enum(['success', 'failed', 'timeout']).optional(),
  workflow: z.string().min(1).optional(),
});
const MilestoneScenario = z.strictObject({
  component: z.string().min(1).optional(),
  name: z.string().optional(),
  alter: Alteration.optional(),
});
const Emission = z.strictObject({
  system: z.string(),
  event: z.string(),
  resourceUrn: z.string(),
  payload: z.record(z.string(), z.unknown()),
  region: z.enum(regions).optional(),
  scope: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  alter: Alteration.optional(),
});

/** The scenarios over HTTP under `/sandbox`: `POST` with JSON, where `{}` means the defaults. */
export function createControl(aps: ApsControls): Router {
  const router = Router();

  router.get('/', (_request, response) => {
    response.json({
      project: aps.project,
      // For trying a sign-in: the apps and their callback URLs.
      apps: { clientId: aps.clientId, publicClientId: aps.publicClientId, redirectUris: aps.redirectUris },
      post: [
        '/sandbox/upload',
        '/sandbox/publish',
        '/sandbox/process',
        '/sandbox/synchronise',
        '/sandbox/translate',
        '/sandbox/milestone',
        '/sandbox/emit',
        '/sandbox/faults',
        '/sandbox/behaviour',
      ],
      get: ['/sandbox/callbacks', '/sandbox/requests'],
    });
  });
  router.get('/callbacks', (_request, response) => {
    response.json(aps.callbacks);
  });
  router.get('/requests', (_request, response) => {
    response.json(aps.requests.map(({ headers: _headers, ...request }) => request));
  });
  const control = <T>(path: string, schema: z.ZodType<T>, act: (input: T) => unknown): void => {
    router.post(path, handle(schema, act));
  };
  control('/upload', FileScenario, (scenario) => aps.upload(scenario));
  control('/publish', FileScenario, (scenario) => aps.publish(scenario));
  control('/process', ProcessingScenario, (scenario) => aps.process(scenario));
  control('/synchronise', FileScenario, (scenario) => aps.synchronise(scenario));
  control('/translate', TranslationScenario, (scenario) => aps.translate(scenario));
  control('/milestone', MilestoneScenario, (scenario) => aps.manufacturing.milestone(scenario));
  control('/emit', Emission, ({ alter, ...event }) => aps.emit(event, alter));
  control('/faults', FaultOrder, (fault) => void aps.addFault(fault));
  control('/behaviour', z.record(z.string(), z.unknown()), (given) => aps.change(given));
  return router;
}

function handle<T>(schema: z.ZodType<T>, act: (input: T) => unknown) {
  return async (request: Request, response: Response) => {
    const reject = (status: number, detail: string): ErrorResponse => new ErrorResponse(status, { detail });
    const input = parseJson(request, schema, reject);
    try {
      response.json((await act(input)) ?? {});
    } catch (error) {
      throw error instanceof z.ZodError ? reject(400, z.prettifyError(error)) : error;
    }
  };
}
