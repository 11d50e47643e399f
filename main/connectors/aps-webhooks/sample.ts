import type { SampleDelivery, SampleRequest } from '../../engine/connector/index.ts';

/** A callback of the Webhooks API: the envelope and the members common to most payloads. */
export function sample({ system, event, scope }: SampleRequest, id: string, now: number): SampleDelivery {
  const time = new Date(now).toISOString();
  const resourceUrn = `urn:ringback:sample:${id}`;
  const urn = `/systems/${system}/events/${event}/hooks/${id}`;
  const hook = { hookId: id, tenant: Object.values(scope)[0], event, system, scope, createdDate: time, __self__: urn };
  return {
    headers: { 'x-adsk-delivery-id': id },
    body: {
      version: '1.0',
      resourceUrn,
      hook: { ...hook, creatorType: 'Application', status: 'active', autoReactivateHook: true },
      payload: { ...(system === 'derivative' ? translation(id) : change(resourceUrn)), ...times(time) },
    },
  };
}

function translation(id: string): object {
  const URN = Buffer.from(`urn:adsk.objects:os.object:sample/${id}.ipt`).toString('base64url');
  return { URN, EventType: 'EXTRACTION_FINISHED', Payload: { status: 'success', scope: 'sample', registerKeys: [] } };
}

function change(source: string): object {
  const user_info = { id: 'SAMPLE', name: 'Sample User' };
  return { ...{ source, name: 'Sample.rvt', ext: 'rvt', version: '1', state: 'CONTENT_AVAILABLE' }, user_info };
}

function times(time: string): object {
  return { createdTime: time, modifiedTime: time };
}
