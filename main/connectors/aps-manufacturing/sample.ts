import type { SampleDelivery, SampleRequest } from '../../engine/connector/index.ts';

/** A callback as the Data Eventing service sends it, about an invented milestone. */
export function sample({ event, scope }: SampleRequest, id: string, now: number): SampleDelivery {
  const component = scope.component ?? id;
  return {
    headers: {},
    body: {
      id,
      source: 'urn:com.autodesk.forge:clientid:SAMPLE',
      specversion: '1.0',
      type: `autodesk.data.pim:${event.toLowerCase().replaceAll('_', '.')}-1.0.0`,
      subject: `urn:autodesk.data.pim:component:${component}`,
      time: new Date(now).toISOString().replace('Z', '+00:00'),
      data: { eventtype: event, componentid: component, milestonename: 'Sample milestone' },
    },
  };
}
