import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { curlOf } from '../../../renderer/events/detail/curl.ts';
import { type JsonNode, jsonTree, pathOf, valueText } from '../../../renderer/events/detail/json-tree.ts';
import { prettyJson } from '../../../renderer/events/detail/pretty-json.ts';
import { matchesIn } from '../../../renderer/events/detail/text-search.ts';

/** The tree as text again, without the blanks between tokens. */
function textOf(node: JsonNode | undefined): string {
  if (!node || node.kind === 'value') return node?.text ?? '';
  const members = node.members.map(({ key, node: inner }) =>
    node.kind === 'object' ? `${JSON.stringify(key)}:${textOf(inner)}` : textOf(inner),
  );
  return node.kind === 'object' ? `{${members.join(',')}}` : `[${members.join(',')}]`;
}

test.each([
  '{"size":12345678901234567890,"rate":1.0e-7,"name":"a, \\"b\\": {c}","list":[1,[],{}],"empty":"","none":null}',
  '[true,false,"\\u00e9","x"]',
  '12345678901234567890.5',
  '{"twice":1,"twice":2}',
  '{}',
])('the tree of %s holds every value as it is written', (json) => {
  expect(textOf(jsonTree(prettyJson(json) ?? ''))).toBe(textOf(jsonTree(json)));
  expect(textOf(jsonTree(json))).toBe(json);
});

test('text that is not JSON has no tree, and deep nesting has one', () => {
  expect(jsonTree('{"a":')).toBeUndefined();
  expect(jsonTree('')).toBeUndefined();
  let node = jsonTree(`${'['.repeat(5000)}7${']'.repeat(5000)}`);
  while (node?.kind === 'array') node = node.members[0]?.node;
  expect(node).toEqual({ kind: 'value', text: '7' });
});

test('paths and values are copied as JSONPath and plain text', () => {
  expect(pathOf(pathOf('$', 'files'), 3)).toBe('$.files[3]');
  expect(pathOf('$', "odd 'key'")).toBe(`$["odd 'key'"]`);
  expect(valueText({ kind: 'value', text: '"a\\nb"' })).toBe('a\nb');
  expect(valueText({ kind: 'value', text: '9007199254740993' })).toBe('9007199254740993');
  expect(valueText({ kind: 'array', members: [] })).toBeUndefined();
});

test('a search finds a text as it is typed, whatever its case and signs', () => {
  expect(matchesIn('Tower tower [x] TOWER', 'tower')).toEqual([0, 6, 16]);
  expect(matchesIn('a.b a+b [x]', '[x]')).toEqual([8]);
  expect(matchesIn('aaaa', '')).toEqual([]);
  expect(matchesIn('a'.repeat(5000), 'a')).toHaveLength(1000);
});

/** What curl would be given by a shell, one argument each. */
function argumentsOf(command: string): readonly string[] {
  const script = `curl() { printf '%s\\0' "$@"; }; ${command}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

test.skipIf(process.platform === 'win32')(
  'a shell gives curl the exact body and no header that may hold a secret',
  () => {
    const body = `{"name":"it's $HOME \`x\` \\\\ é\n"}`;
    const headers = {
      'content-type': 'application/json',
      'x-adsk-signature': "sha1hash=a'b",
      authorization: 'Basic c2VjcmV0',
      host: 'bell.example.net',
      'content-length': '12',
    };
    expect(argumentsOf(curlOf({ headers, body }, 'http://localhost:3000/callback'))).toEqual([
      ...['-X', 'POST', 'http://localhost:3000/callback', '-H', 'content-type: application/json'],
      ...['-H', "x-adsk-signature: sha1hash=a'b", '--data-raw', body],
    ]);
  },
);

test('bytes that are no text are decoded on the way to curl', () => {
  const command = curlOf({ headers: {}, body: '\ufffd', bytes: '/w==' }, 'http://localhost/');
  expect(command).toMatch(/^printf %s '\/w==' \| base64 -d \| curl .*\n {2}--data-binary @-$/);
});
