import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { ErrorResponse, FaultOrder, parseJson } from '../http/index.ts';
import type { Aps } from './aps.ts';
import { regions } from './webhooks/index.ts';

const Alteration = z.strictObject({
  signature: z.enum(['wrong', 'none']).optional(),
  body: z.literal('reserialised').optional(),
  repeat: z.enum(['same-id', 'new-id']).optional(),
});
const Name = z.string().regex(/^[^/]{1,200}$/, 'must be a file name');
const FileStory = z.strictObject({
  name: Name.optional(),
  region: z.enum(regions).optional(),
  alter: Alteration.optional(),
});
const ProcessingStory = FileStory.extend({
  steps: z.array(z.tuple([z.string()]).or(z.tuple([z.string(), z.string()]))).optional(),
});
const TranslationStory = FileStory.extend({
  outcome: z.enum(['success', 'failed', 'timeout']).optional(),
  workflow: z.string().min(1).optional(),
});
const MilestoneStory = z.strictObject({
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
/** The stories over HTTP, under `/sandbox`: `POST` with JSON, `{}` for the defaults. */
export function createControl(aps: Omit<Aps, 'url' | 'stop'>): Router {
  const router = Router();

  router.get('/', (_request, response) => {
    response.json({
      project: aps.project,
      // For trying a sign-in: the apps that may ask, and where their answers may go.
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
  router.post(
    '/upload',
    tell(FileStory, (story) => aps.upload(story)),
  );
  router.post(
    '/publish',
    tell(FileStory, (story) => aps.publish(story)),
  );
  router.post(
    '/process',
    tell(ProcessingStory, (story) => aps.process(story)),
  );
  router.post(
    '/synchronise',
    tell(FileStory, (story) => aps.synchronise(story)),
  );
  router.post(
    '/translate',
    tell(TranslationStory, (story) => aps.translate(story)),
  );
  router.post(
    '/milestone',
    tell(MilestoneStory, (story) => aps.manufacturing.milestone(story)),
  );
  router.post(
    '/emit',
    tell(Emission, ({ alter, ...event }) => aps.emit(event, alter)),
  );
  router.post(
    '/faults',
    tell(FaultOrder, (fault) => void aps.addFault(fault)),
  );
  return router;
}

function tell<T>(schema: z.ZodType<T>, act: (input: T) => unknown) {
  return async (request: Request, response: Response) => {
    const input = parseJson(request, schema, (status, detail) => new ErrorResponse(status, { detail }));
    response.json((await act(input)) ?? {});
  };
}
