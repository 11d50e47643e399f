import { randomUUID } from 'node:crypto';
import { type Request, Router } from 'express';
import { z } from 'zod';
import type { Tokens } from './authentication.ts';
import { type Region, regions } from './hook-store.ts';
import { parseJson } from './json.ts';
import { derivativeRefusal } from './refusal.ts';
import { sourceName, type Translation, type Translations } from './translations.ts';

const outputs = new Set(['svf', 'svf2', 'thumbnail', 'stl', 'step', 'iges', 'obj', 'ifc', 'dwg', 'fbx']);

const Job = z.object({
  input: z.object({
    urn: z.string().regex(/^[A-Za-z0-9_-]+$/, 'urn must be base64url without padding'),
    compressedUrn: z.boolean().optional(),
    rootFilename: z.string().optional(),
    checkReferences: z.boolean().optional(),
  }),
  output: z.looseObject({ formats: z.array(z.looseObject({ type: z.string() })).min(1) }),
  misc: z
    .object({
      workflow: z
        .string()
        .regex(/^[A-Za-z0-9-]{1,36}$/, 'workflow must be 1 to 36 letters, digits or hyphens')
        .optional(),
      workflowAttribute: z
        .record(z.string(), z.unknown())
        .refine((value) => Buffer.byteLength(JSON.stringify(value)) < 1024, 'workflowAttribute must be under 1 KB')
        .optional(),
    })
    .optional(),
});

/** `POST /job` and `GET /:urn/manifest` of Model Derivative v2. A file whose name starts with "broken" fails. */
export function createDerivative(translations: Translations, tokens: Tokens): Router {
  const router = Router();

  router.post('/job', (request, response) => {
    const owner = tokens.authorise(request, ['data:read', 'data:write', 'data:create']);
    const region = regionOf(request);
    const { input, output, misc } = parseJson(request, Job, derivativeRefusal);
    const name = sourceName(input.urn);
    if (name === undefined) throw derivativeRefusal(404, 'The source was not found.');
    if (input.compressedUrn && !input.rootFilename) throw derivativeRefusal(400, 'rootFilename is missing.');
    if (!output.formats.every(({ type }) => outputs.has(type))) {
      throw derivativeRefusal(406, 'The source cannot be translated into that format.');
    }
    const existing = translations.find(region, input.urn);
    if (existing && isRunning(existing.status))
      throw derivativeRefusal(409, 'A translation of this source is under way.');
    const isForced = request.headers['x-ads-force'] === 'true';
    const isNew = isForced || !existing || !isDone(existing, output.formats);
    if (isNew) {
      const outcome = name.startsWith('broken') ? 'failed' : 'success';
      const order = { urn: input.urn, region, formats: output.formats, client: owner.client, outcome } as const;
      void translations.start({ ...order, workflow: misc?.workflow });
    }
    response.status(isNew ? 200 : 201).json({
      result: isNew ? 'success' : 'created',
      urn: input.urn,
      acceptedJobs: { output: { destination: { region: region.toLowerCase() }, formats: output.formats } },
    });
  });

  router.get('/:urn/manifest', (request, response) => {
    tokens.authorise(request, ['data:read'], ['viewables:read']);
    const translation = translations.find(regionOf(request), request.params.urn);
    if (!translation) throw derivativeRefusal(404, 'The manifest was not found.');
    response.json(manifestOf(translation));
  });

  return router;
}

function isRunning(status: Translation['status']): boolean {
  return status === 'pending' || status === 'inprogress';
}

function isDone({ status, formats }: Translation, asked: Translation['formats']): boolean {
  return status === 'success' && asked.every(({ type }) => formats.some((format) => format.type === type));
}

function regionOf(request: Request): Region {
  const named = request.headers.region ?? 'US';
  const region = regions.find((name) => name === (named === 'APAC' ? 'AUS' : named));
  if (!region) throw derivativeRefusal(400, 'The region is unknown.');
  return region;
}

function manifestOf({ urn, region, formats, status, progress }: Translation): object {
  const state = { status, progress: isRunning(status) ? `${progress}% complete` : 'complete' };
  const hasThumbnail = String(status === 'success');
  const name = sourceName(urn);
  const derivatives = formats.map(({ type }) => ({
    name,
    hasThumbnail,
    ...state,
    outputType: type,
    ...(status === 'success' && { children: [resource(urn, `${name}.${type}`)] }),
    ...(status === 'failed' && { messages: [failure] }),
  }));
  return { type: 'manifest', hasThumbnail, ...state, region, urn, version: '1.0', derivatives };
}

const failure = {
  type: 'error',
  code: 'TranslationWorker-InternalFailure',
  message: 'Unrecoverable exit code from extractor: -1073741831',
};

function resource(urn: string, file: string): object {
  return {
    guid: randomUUID(),
    type: 'resource',
    role: 'graphics',
    mime: 'application/octet-stream',
    urn: `urn:adsk.viewing:fs.file:${urn}/output/${file}`,
    status: 'success',
    progress: 'complete',
  };
}
