import { expect, test } from 'vitest';
import { parseFilter } from '../main/callback-filter.ts';

const finished = (status: string, names: string[] = []) => ({
  EventType: 'EXTRACTION_FINISHED',
  Payload: { status, registerKey: names.map((name) => ({ name })) },
});
const either =
  "$[?((@.EventType == 'EXTRACTION_FINISHED' && @.Payload.status == 'failed') || 'test123' in @.Payload.registerKey[*].name)]";

test.each([
  ["$[?(@.ext=='txt')]", { ext: 'txt' }, true],
  ["$[?(@.ext=='txt')]", { ext: 'rvt' }, false],
  ["$[?(@.ext=='txt')]", {}, false],
  ['$[?(@.sizeInBytes>=1048576)]', { sizeInBytes: 1048576 }, true],
  ['$[?(@.sizeInBytes>=1048576)]', { sizeInBytes: 1048575 }, false],
  ['$[?(@.sizeInBytes>=1048576)]', { sizeInBytes: '2000000' }, false],
  ["$[?(@.Payload.status in ['failed','timeout'])]", finished('timeout'), true],
  ["$[?(@.Payload.status in ['failed','timeout'])]", finished('success'), false],
  ["$[?(@.Payload.status nin ['failed','timeout'])]", finished('success'), true],
  [either, finished('failed'), true],
  [either, finished('success', ['other', 'test123']), true],
  [either, finished('success', ['other']), false],
  ["$[?(@['custom-metadata']['storm:process-state'] != 'DONE')]", { 'custom-metadata': {} }, true],
  ['$[?(@.name =~ /tower.*/i)]', { name: 'Tower.rvt' }, true],
  ['$[?(!@.hidden)]', { hidden: false }, true],
  ['$[?(@.hidden)]', {}, false],
  ['$[?(@.version == 3)]', { version: '3' }, false],
])('%s of %j is %j', (filter, payload, passes) => {
  expect(parseFilter(filter)(payload)).toBe(passes);
});

test.each([
  '',
  '$.ext',
  '$[?(@.ext==‘txt’)]',
  "$[?(@.ext=='txt'",
  '$[?(@.ext==)]',
  "$[?(@.ext=='a' 'b')]",
  '$[?(constructor)]',
])('the filter %j is refused', (filter) => {
  expect(() => parseFilter(filter)).toThrow(SyntaxError);
});
