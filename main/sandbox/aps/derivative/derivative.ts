import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { derivativeRejection, parseJson } from '../../http/index.ts';
import type { Tokens } from '../authentication/index.ts';
import type { Behaviour } from '../behaviour.ts';
import { createMetadata } from './metadata.ts';
import { regionOf } from './region.ts';
import { thumbnail } from './thumbnail.ts';
import { isRunning, sourceName, type Translation, type Translations } from './translations.ts';

const formats: Readonly<Record<string, readonly string[]>> = {
  dwg: ['f2d', 'f3d', 'rvt'],
  fbx: ['f3d'],
  ifc: ['rvt'],
  iges: ['f3d', 'fbx', 'iam', 'ipt', 'wire'],
  obj: ['asm', 'f3d', 'fbx', 'iam', 'ipt', 'prt', 'sldprt', 'step', 'stp', 'prt\\.\\d+$'],
  step: ['f3d', 'fbx', 'iam', 'ipt', 'wire'],
  stl: ['f3d', 'fbx', 'iam', 'ipt', 'wire'],
  svf: ['dwg', 'f3d', 'iam', 'ifc', 'ipt', 'nwd', 'prt', 'rvt', 'sldprt', 'step', 'stp', 'prt\\.\\d+$'],
  svf2: ['dwg', 'f3d', 'iam', 'ifc', 'ipt', 'nwd', 'prt', 'rvt', 'sldprt', 'step', 'stp', 'prt\\.\\d+$'],
  thumbnail: ['dwg', 'f3d', 'iam', 'ifc', 'ipt', 'nwd', 'prt', 'rvt', 'sldprt', 'step', 'stp', 'prt\\.\\d+$'],
};
/** Widths and heights of thumbnails in pixels. */
const sizes = [100, 200, 400];

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

/**
 * Model Derivative v2: jobs, manifests, model views, formats, thumbnails. Files whose name starts with "broken" fail;
 * of those that start with "partly", only the last format fails.
 */
export function createDerivative(translations: Translations, tokens: Tokens, behaviour: Behaviour): Router {
  const router = Router();

  router.get('/formats', (request, response) => {
    tokens.authorise(request, []);
    response.json({ formats });
  });

  router.post('/job', startJob(translations, tokens, behaviour));

  router.get('/:urn/manifest', (request, response) => {
    tokens.authorise(request, ['data:read'], ['viewables:read']);
    const translation = translations.find(regionOf(request), request.params.urn);
    if (!translation) throw derivativeRejection(404, 'The manifest was not found.');
    response.json(manifestOf(translation));
  });

  router.delete('/:urn/manifest', (request, response) => {
    tokens.authorise(request, ['data:read', 'data:write']);
    translations.remove(regionOf(request), request.params.urn);
    response.json({ result: 'success' });
  });

  router.use(createMetadata(translations, tokens));

  router.get('/:urn/thumbnail', (request, response) => {
    tokens.authorise(request, ['data:read'], ['viewables:read']);
    const translation = translations.find(regionOf(request), request.params.urn);
    if (translation?.status !== 'success') throw derivativeRejection(404, 'The thumbnail was not found.');
    const size = Number(request.query.width ?? 200);
    if (!sizes.includes(size)) throw derivativeRejection(400, 'The width must be 100, 200 or 400.');
    response.set({ 'x-ads-role': 'rendered', 'x-ads-job-status': 'success', 'x-ads-size': `[${size},${size}]` });
    response.type('png').send(thumbnail(size));
  });

  return router;
}

function startJob(translations: Translations, tokens: Tokens, behaviour: Behaviour): RequestHandler {
  return async (request, response) => {
    const owner = tokens.authorise(request, ['data:read', 'data:write', 'data:create']);
    const region = regionOf(request);
    const { input, output, misc } = parseJson(request, Job, derivativeRejection);
    const name = sourceName(input.urn);
    if (name === undefined) throw derivativeRejection(404, 'The source was not found.');
    if (input.compressedUrn && !input.rootFilename) throw derivativeRejection(400, 'rootFilename is missing.');
    if (!output.formats.every(({ type }) => isPossible(type, name))) {
      throw derivativeRejection(406, 'The source cannot be translated into that format.');
    }
    const existing = translations.find(region, input.urn);
    if (existing && isRunning(existing.status))
      throw derivativeRejection(409, 'A translation of this source is under way.');
    const isForced = request.headers['x-ads-force'] === 'true';
    const isNew = isForced || !existing || !isDone(existing, output.formats);
    if (isNew) {
      const outcome = name.startsWith('broken') ? 'failed' : 'success';
      // Without force, earlier results stay, and the manifest lists both.
      const earlier = isForced ? [] : (existing?.formats ?? []);
      const added = output.formats.filter(({ type }) => !earlier.some((format) => format.type === type));
      const failing = name.startsWith('partly') ? output.formats.slice(-1).map(({ type }) => type) : [];
      const order = { urn: input.urn, region, client: owner.client, outcome, failing } as const;
      void translations.start({ ...order, formats: [...earlier, ...added], workflow: misc?.workflow });
    }
    if (behaviour.jobAnswerDelay > 0) await delay(behaviour.jobAnswerDelay, undefined, { ref: false });
    response.status(isNew ? 200 : 201).json({
      result: isNew ? 'success' : 'created',
      urn: input.urn,
      acceptedJobs: { output: { destination: { region: region.toLowerCase() }, formats: output.formats } },
    });
  };
}

/** Whether a file can be translated into a format. Patterns such as `prt\\.\\d+$` match files with numbered versions. */
function isPossible(format: string, name: string): boolean {
  const lower = name.toLowerCase();
  // The id of a version does not contain the type of the file.
  if (/\?version=\d+$/.test(lower)) return formats[format] !== undefined;
  return formats[format]?.some((entry) => new RegExp(`\\.${entry.replace(/\$$/, '')}$`).test(lower)) ?? false;
}

function isDone({ status, formats }: Translation, requested: Translation['formats']): boolean {
  return status === 'success' && requested.every(({ type }) => formats.some((format) => format.type === type));
}

function manifestOf(translation: Translation): object {
  const { urn, region, formats, status, progress, failing = [] } = translation;
  const isOver = !isRunning(status);
  const name = sourceName(urn);
  const hasThumbnail = String(status === 'success');
  const derivatives = formats.map(({ type }) => {
    const own = isOver && failing.includes(type) ? 'failed' : status;
    return {
      name,
      hasThumbnail: String(own === 'success'),
      status: own,
      progress: progressOf(translation),
      outputType: type,
      ...(own === 'success' && { children: [resource(urn, `${name}.${type}`)], messages: [remark] }),
      ...(own === 'failed' && { messages: [failure] }),
    };
  });
  return {
    type: 'manifest',
    hasThumbnail,
    status,
    progress: progressOf(translation),
    region,
    urn,
    version: '1.0',
    derivatives,
  };

  function progressOf({ status }: Translation): string {
    return isRunning(status) ? `${progress}% complete` : 'complete';
  }
}

const remark = {
  type: 'warning',
  code: 'Translation-MissingLink',
  message: ['Missing link files: {0}', 'Arch.rvt'],
};

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
