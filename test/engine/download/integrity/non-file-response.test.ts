import { expect, test } from 'vitest';
import { nonFileReason } from '../../../../main/engine/download/integrity/non-file-response.ts';

function reasonOf(text: string, complete: boolean, contentType: string | null): string | undefined {
  return nonFileReason({ bytes: Buffer.from(text), complete, contentType, failureWords: ['niet gevonden'] })?.text;
}

test.each([
  '{}',
  '{"success":false,"message":"Session expired"}',
  '{"retry":5000}',
  '{"message":"Not today"}',
  '{"successCode":500}',
  '{"error":"no"}',
  '"{\\"error\\":\\"no\\"}"',
  'null',
  '[]',
  '[{"errorCode":"AUTH-1","message":"Expired"}]',
  '{"fault":{"faultstring":"Expired"}}',
  '{"detail":"Not found."}',
  '{"type":"about:blank","title":"Not Found"}',
  '{"code":"AUTH-012","developerMessage":"Expired"}',
  '{"ok":false,"reason":"busy"}',
  '{"success":"false"}',
  '{"status":"failed","result":[]}',
  '{"errors":[{"message":"Expired"}],"data":{"customers":null}}',
  '{"errors":[{"title":"Expired"}],"jsonapi":{"version":"1.0"}}',
  '{"success":false,"errors":["Expired"],"trace":{"id":"1"}}',
  '{"status":410,"reason":"gone"}',
])('the JSON %s is an error, not a backup', (text) => {
  expect(reasonOf(text, true, 'application/json')).toMatch(/^The server sent an error/);
});

test.each([
  '{"customers":[{"name":"x"}]}',
  '{"errors":[],"customers":[{"name":"x"}]}',
  '{"status":"failed","orders":[1]}',
  '{"fault":"none","devices":[{"id":1}]}',
  '{"fault":"ABS","devices":[{"id":1}]}',
  '{"Errors":{"count":0},"data":[1]}',
  '{"errors":["row 5 skipped"],"customers":[{"name":"x"}]}',
  '{"status":410,"rows":[1]}',
  '{"success":"true","error":"none"}',
  '[{"errors":1},{"name":"x"}]',
  '[1,2]',
  'id;name\n1;x\n',
])('%j may be a backup', (text) => {
  expect(reasonOf(text, true, 'application/octet-stream')).toBeUndefined();
});

const note = 'The server sent a short text instead of a backup: ';
test.each([
  ['text/plain', 'Probeer het later opnieuw.', `${note}Probeer het later opnieuw.`],
  ['text/plain; charset=utf-8', '12345', undefined],
  ['application/octet-stream', 'Error: out of memory\n  at Backup.run', `${note}Error: out of memory at Backup.run.`],
  [null, 'java.lang.NullPointerException', `${note}java.lang.NullPointerException.`],
  [null, '<br />\n<b>Fatal error</b>: Out of memory', `${note}Fatal error: Out of memory.`],
  [null, 'Back-up niet gevonden', `${note}Back-up niet gevonden.`],
  [
    null,
    'Access denied to https://files.example.org/a/token?signature=secret now',
    `${note}Access denied to https://files.example.org now.`,
  ],
  [
    'application/xml',
    '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
    'The server sent an error instead of a backup: Request has expired.',
  ],
  [
    null,
    '<soap:Envelope><soap:Body><soap:Fault><faultstring>No rights</faultstring></soap:Fault></soap:Body></soap:Envelope>',
    'The server sent an error instead of a backup: No rights.',
  ],
  ['text/xml', '<response><error code="7"/></response>', 'The server sent an error instead of a backup.'],
])('what comes as %s and reads %j is not a backup', (type, text, reason) => {
  expect(reasonOf(text, true, type)).toBe(reason ?? `${note}${text}.`);
  // While more follows, nothing can be said.
  expect(reasonOf(text, false, type)).toBeUndefined();
});

test.each([
  ['text/plain', `-- A dump\n${'insert into customers values (1);\n'.repeat(50)}`],
  ['text/csv', 'id;error\n1;An error in the gearbox\n'],
  ['application/xml', '<orders><order><status>open</status><message>Call back</message></order></orders>'],
  ['application/xml', `<orders>${'<order><error>none</error></order>'.repeat(50)}</orders>`],
  ['application/octet-stream', 'error\u0000\u0001'],
])('what comes as %s and reads like data may be a backup', (type, text) => {
  expect(reasonOf(text, true, type)).toBeUndefined();
});

test('a web page in UTF-16 and blank lines are no backup', () => {
  const pages = ['le', 'be'].map((order) => {
    const page = Buffer.from('\u{feff}<html><body>Expired', 'utf16le');
    return order === 'le' ? page : page.swap16();
  });
  const reasons = [...pages, Buffer.from(' \r\n\n')].map(
    (bytes) => nonFileReason({ bytes, complete: true, contentType: null, failureWords: [] })?.code,
  );
  expect(reasons).toEqual(['download.webPage', 'download.webPage', 'download.emptyFile']);
});
