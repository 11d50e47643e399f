import { expect, test } from 'vitest';
import { connectors } from '../../../main/connectors/index.ts';
import { delivery } from '../deliveries.ts';

const cloudEvent = {
  specversion: '1.0',
  id: 'A234-1234-1234',
  source: 'urn:com.autodesk.forge:clientid:invented',
  type: 'autodesk.data.assetgraph:snapshot.created-1.0.0',
  subject: 'urn:autodesk.data.assetgraph:collection:co.Example',
  time: '2026-02-03T04:05:06Z',
  datacontenttype: 'application/json',
  data: { attributes: [] },
};
const withHooks = connectors.filter(({ hooks }) => hooks).map(({ id, read }) => [id, read] as const);

test.each(withHooks)('a CloudEvent on a hook of %s is told by type, subject and time', (_, read) => {
  const body = Buffer.from(JSON.stringify(cloudEvent));
  for (const contentType of ['application/json', 'application/cloudevents+json; charset=utf-8']) {
    const headers = { 'content-type': contentType };
    const reading = read({ ...delivery('', { headers, registered: { event: 'dm.version.added', scope: {} } }), body });
    expect(reading).toMatchObject({
      event: cloudEvent.type,
      title: `${cloudEvent.type}: Example`,
      resource: cloudEvent.subject,
      time: Date.UTC(2026, 1, 3, 4, 5, 6),
      identity: expect.any(String),
    });
  }
});

test.each(withHooks)('a CloudEvent on a hook of %s is told without what it does not carry', (_, read) => {
  const { specversion, id, source, type } = cloudEvent;
  const reading = read(delivery({ specversion, id, source, type }));
  expect(reading.title).toBe(type);
  expect(reading).not.toHaveProperty('time');
  expect(reading).not.toHaveProperty('resource');
});
