import { createHash } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { derivativeRejection } from '../../http/index.ts';
import type { Tokens } from '../authentication/index.ts';
import { regionOf } from './region.ts';
import { isRunning, sourceName, type Translations } from './translations.ts';

/** The model views of a translation to SVF or SVF2: one view with two invented objects. */
export function createMetadata(translations: Translations, tokens: Tokens): Router {
  const router = Router();
  const get = (path: string, data: (source: string, urn: string) => object): void => {
    router.get(path, (request: Request<{ urn: string; guid?: string }>, response: Response) => {
      tokens.authorise(request, ['data:read'], ['viewables:read']);
      const { urn, guid } = request.params;
      const translation = translations.find(regionOf(request), urn);
      if (!translation) throw derivativeRejection(404, 'The manifest was not found.');
      if (isRunning(translation.status)) return response.status(202).json({ result: 'success' });
      const hasView = translation.formats.some(({ type }) => type === 'svf' || type === 'svf2');
      if (translation.status !== 'success' || !hasView) throw derivativeRejection(404, 'There is no model view.');
      if (guid !== undefined && guid !== guidOf(urn)) throw derivativeRejection(404, 'The model view was not found.');
      response.json({ data: data(sourceName(urn) ?? 'Model', urn) });
    });
  };
  get('/:urn/metadata', (_source, urn) => ({
    type: 'metadata',
    metadata: [{ name: '{3D}', role: '3d', guid: guidOf(urn), isMasterView: false }],
  }));
  get('/:urn/metadata/:guid', (name) => ({
    type: 'objects',
    objects: [{ objectid: 1, name, objects: [{ objectid: 2, name: 'Body' }] }],
  }));
  get('/:urn/metadata/:guid/properties', (name, urn) => ({
    type: 'properties',
    collection: [
      { objectid: 1, name, externalId: `${guidOf(urn)}-1`, properties: { Item: { Name: name } } },
      { objectid: 2, name: 'Body', externalId: `${guidOf(urn)}-2`, properties: { Item: { Material: 'Steel' } } },
    ],
  }));
  return router;
}

/** A GUID that is always the same for a source. */
function guidOf(urn: string): string {
  const digest = createHash('sha256').update(urn).digest('hex');
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}
