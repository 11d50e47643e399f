import { describe, expect, it } from 'vitest';
import { type DownloadError, type DownloadRequest, download } from '../../../main/engine/download/download.ts';
import { RingbackError } from '../../../main/engine/errors.ts';
import type { FileFetch } from '../../../main/engine/requests/file-fetch.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { seeded, serve, sha256, startServer } from './file-server.ts';
import { options, request } from './requests.ts';

const megabyte = 1024 * 1024;
const content = seeded(2 * megabyte);
const page = { 'content-type': 'text/html' };

async function failureOf(work: Promise<unknown>): Promise<DownloadError> {
  return work.then(
    () => expect.unreachable('it succeeded'),
    (error) => error,
  );
}

/** Credentials for every address, which is recorded in `requested`. */
function credentials(requested: string[], token = 'secret'): Pick<DownloadRequest, 'authorization'> {
  return {
    authorization: async (url) => {
      requested.push(url);
      return { token };
    },
  };
}

describe('credentials', () => {
  it('are not sent, nor requested for, where the file is to be had without', async () => {
    const requested: string[] = [];
    const { origin, requests } = await startServer((request, response) => serve(request, response, content));
    await download(request(await temporaryFolder(), `${origin}/a`, credentials(requested)), options());
    expect(requested).toEqual([]);
    expect(requests[0]?.headers.token).toBeUndefined();
  });

  it.each([
    ['401', 401, {}, ''],
    ['403', 403, {}, ''],
    ['a sign-in page', 200, page, '<html>Sign in</html>'],
    ['a JSON error', 200, {}, '{"successCode":401,"message":"token?"}'],
  ])('are sent after %s', async (_, status, headers, body) => {
    const requested: string[] = [];
    const { origin, requests } = await startServer((request, response) => {
      if (request.headers.token === 'secret') serve(request, response, content);
      else response.writeHead(status, headers).end(body);
    });
    const url = `${origin}/a?file=7`;
    const backup = await download(request(await temporaryFolder(), url, credentials(requested)), options());
    expect(backup.sha256).toBe(sha256(content));
    expect(requested).toEqual([url]);
    expect(requests).toHaveLength(2);
  });

  it('that do not satisfy the server are a failure, after one try', async () => {
    const requested: string[] = [];
    const { origin, requests } = await startServer((_request, response) => response.writeHead(401).end());
    const error = await failureOf(
      download(request(await temporaryFolder(), `${origin}/a`, credentials(requested)), options()),
    );
    expect(error).toMatchObject({ failure: 'refused', code: 'unauthorized' });
    expect(requests).toHaveLength(2);
  });

  it('that expire on the way are requested for again, and the download goes on', async () => {
    const requested: string[] = [];
    const { origin, requests } = await startServer((request, response, count) => {
      if (request.headers.token === undefined || count === 3) response.writeHead(401).end();
      else serve(request, response, content, count === 2 ? { cutAt: megabyte } : {});
    });
    await download(request(await temporaryFolder(), `${origin}/a`, credentials(requested)), options());
    expect(requested).toHaveLength(2);
    expect(requests.at(-1)?.headers.range).toBe(`bytes=${megabyte}-`);
  });

  it('do not cross a redirect to another origin, not even on the way back', async () => {
    const home = await startServer((request, response) => {
      if (request.url === '/back') serve(request, response, content);
      else if (request.headers.token === undefined) response.writeHead(401).end();
      else response.writeHead(302, { location: `${foreign.origin}/away` }).end();
    });
    const foreign = await startServer((_request, response) => {
      response.writeHead(302, { location: `${home.origin}/back` }).end();
    });
    const backup = await download(request(await temporaryFolder(), `${home.origin}/a`, credentials([])), options());
    expect(backup.sha256).toBe(sha256(content));
    expect(home.requests.map(({ headers }) => headers.token)).toEqual([undefined, 'secret', undefined]);
    expect(foreign.requests.map(({ headers }) => headers.token)).toEqual([undefined]);
  });

  it('are kept on a redirect within the origin', async () => {
    const { origin, requests } = await startServer((request, response) => {
      if (request.headers.token === undefined) response.writeHead(401).end();
      else if (request.url === '/a') response.writeHead(307, { location: '/b' }).end();
      else serve(request, response, content);
    });
    await download(request(await temporaryFolder(), `${origin}/a`, credentials([])), options());
    expect(requests.map(({ headers }) => headers.token)).toEqual([undefined, 'secret', 'secret']);
  });

  it('are requested for the address itself, never for where a redirect leads', async () => {
    const requested: string[] = [];
    const foreign = await startServer((_request, response) => response.writeHead(403).end());
    const home = await startServer((_request, response) => {
      response.writeHead(302, { location: `${foreign.origin}/file` }).end();
    });
    await failureOf(download(request(await temporaryFolder(), `${home.origin}/a`, credentials(requested)), options()));
    expect(requested).toEqual([`${home.origin}/a`]);
    expect(foreign.requests.every(({ headers }) => headers.token === undefined)).toBe(true);
  });

  it('that must not go there stay here', async () => {
    const { origin, requests } = await startServer((_request, response) => response.writeHead(401).end());
    const authorization = async () => undefined;
    await failureOf(download(request(await temporaryFolder(), `${origin}/a`, { authorization }), options()));
    expect(requests).toHaveLength(1);
  });
});

describe('an expired address', () => {
  it.each([403, 404, 410])('(%i) is renewed once, and the download goes on with a range', async (status) => {
    let renewals = 0;
    const { origin, requests } = await startServer((request, response, count) => {
      if (request.url === '/new') serve(request, response, content);
      else if (count === 1) serve(request, response, content, { cutAt: megabyte });
      else response.writeHead(status).end();
    });
    const renew = async () => {
      renewals += 1;
      return `${origin}/new`;
    };
    const backup = await download(request(await temporaryFolder(), `${origin}/old`, { renew }), options());
    expect(backup.sha256).toBe(sha256(content));
    expect(backup.source).toBe(origin);
    expect(renewals).toBe(1);
    expect(requests.at(-1)).toMatchObject({ url: '/new', headers: { range: `bytes=${megabyte}-` } });
  });

  it.each([
    ['shorter than what is here, under another tag', megabyte / 2, '"two"', 2],
    ['shorter than what is here, under the same tag', megabyte / 2, '"one"', 3],
    ['shorter than announced, under the same tag', 1.5 * megabyte, '"one"', 3],
    ['longer than announced, under the same tag', 9 * megabyte, '"one"', 3],
  ])('whose new one holds a file %s is started again', async (_, bytes, tag, count) => {
    const other = seeded(bytes, 'other');
    const { origin, requests } = await startServer((request, response, number) => {
      if (request.url === '/new') serve(request, response, other, { headers: { etag: tag } });
      else if (number === 1) serve(request, response, content, { cutAt: megabyte });
      else response.writeHead(410).end();
    });
    const renew = async () => `${origin}/new`;
    const backup = await download(request(await temporaryFolder(), `${origin}/old`, { renew }), options());
    expect([backup.bytes, backup.sha256]).toEqual([bytes, sha256(other)]);
    expect(requests.filter(({ url }) => url === '/new')).toHaveLength(count - 1);
  });

  it('that expires a second time is a failure that says so', async () => {
    let renewals = 0;
    const { origin, requests } = await startServer((_request, response) => response.writeHead(410).end());
    const renew = async () => {
      renewals += 1;
      return `${origin}/new`;
    };
    const error = await failureOf(download(request(await temporaryFolder(), `${origin}/old`, { renew }), options()));
    expect(error).toMatchObject({ failure: 'expired', code: 'not-found' });
    expect(error.message).toContain('The download address has expired (410)');
    expect([renewals, requests.length]).toEqual([1, 2]);
  });

  it('answering 403 gets the credentials first, then is renewed, and the new one is tried without', async () => {
    const { origin, requests } = await startServer((request, response) => {
      if (request.url === '/new') serve(request, response, content);
      else response.writeHead(403).end();
    });
    const renew = async () => `${origin}/new`;
    await download(request(await temporaryFolder(), `${origin}/old`, { renew, ...credentials([]) }), options());
    expect(requests.map(({ url, headers }) => [url, headers.token])).toEqual([
      ['/old', undefined],
      ['/old', 'secret'],
      ['/new', undefined],
    ]);
  });

  it('is requested for again where the provider was out of reach', async () => {
    let attempts = 0;
    const { origin } = await startServer((request, response) => {
      if (request.url === '/new') serve(request, response, content);
      else response.writeHead(404).end();
    });
    const renew = async () => {
      attempts += 1;
      if (attempts < 3) throw new RingbackError('offline', 'Autoflex10 does not answer.');
      return `${origin}/new`;
    };
    await download(request(await temporaryFolder(), `${origin}/old`, { renew }), options());
    expect(attempts).toBe(3);
  });

  it('that the provider will not renew is its failure', async () => {
    const { origin } = await startServer((_request, response) => response.writeHead(404).end());
    const renew = () => Promise.reject(new RingbackError('provider', 'No such backup.'));
    const error = await failureOf(download(request(await temporaryFolder(), `${origin}/old`, { renew }), options()));
    expect(error.message).toBe('No such backup.');
  });
});

describe('redirects', () => {
  it('are followed five times and no further', async () => {
    const { origin, requests } = await startServer((request, response) => {
      const step = Number(request.url?.slice(1));
      if (step === 0) serve(request, response, content);
      else response.writeHead(302, { location: `/${step - 1}` }).end();
    });
    await download(request(await temporaryFolder(), `${origin}/5`), options());
    expect(requests).toHaveLength(6);
    const error = await failureOf(download(request(await temporaryFolder(), `${origin}/6`), options()));
    expect(error.failure).toBe('unsafe');
    expect(error.message).toContain('redirected more than 5 times');
  });

  it('in a circle end', async () => {
    const { origin, requests } = await startServer((_request, response) => {
      response.writeHead(302, { location: '/again' }).end();
    });
    await failureOf(download(request(await temporaryFolder(), `${origin}/a`), options()));
    expect(requests).toHaveLength(6);
  });

  it('name the file by where they end', async () => {
    const { origin } = await startServer((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/dealer%20one.zip?x=1' }).end();
      else serve(request, response, Buffer.from('no zip'));
    });
    const error = await failureOf(download(request(await temporaryFolder(), `${origin}/a`), options()));
    expect(error.message).toContain('The file is called dealer one.zip but is not a zip archive');
  });

  it.each([
    ['http from https', 'https://example.org/a', 'http://example.org/a', 'would not be encrypted'],
    ['this computer', 'https://example.org/a', 'http://127.0.0.1/a', 'redirected the download to this computer'],
    ['a file', 'https://example.org/a', 'file:///etc/passwd', 'uses file: instead of https'],
    ['nothing', 'https://example.org/a', 'https://', 'no usable download address'],
  ])('to %s are refused', async (_, url, location, message) => {
    const requested: string[] = [];
    const answer: FileFetch = async (address) => {
      requested.push(address);
      return new Response(null, { status: 302, headers: { location } });
    };
    const error = await failureOf(download(request(await temporaryFolder(), url), options({ fetch: answer })));
    expect(error.failure).toBe('unsafe');
    expect(error.message).toContain(message);
    expect(requested).toEqual([url]);
  });
});

describe('an address', () => {
  it.each([
    ['http://example.org/a', 'would not be encrypted (http)'],
    ['ftp://example.org/a', 'uses ftp: instead of https'],
    ['https://me:secret@example.org/a', 'contains a password'],
    ['/relative', 'no usable download address'],
  ])('%s is refused before any request', async (url, message) => {
    const error = await failureOf(
      download(request(await temporaryFolder(), url), options({ fetch: () => expect.fail() })),
    );
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('secret');
  });

  it('of plain http is taken where that is allowed', async () => {
    const headers = { 'content-length': '10', 'content-type': 'application/octet-stream' };
    const answer: FileFetch = async () => new Response('some bytes', { headers });
    const allowed = request(await temporaryFolder(), 'http://example.org/a', { allowInsecure: true });
    expect((await download(allowed, options({ fetch: answer }))).bytes).toBe(10);
  });

  it('into a private network, by a redirect too, is refused once and for all where the provider is on the internet', async () => {
    const { origin, requests } = await startServer((incoming, response) => {
      if (incoming.url === '/start') response.writeHead(302, { location: '/file' }).end();
      else serve(incoming, response, Buffer.from('some bytes'));
    });
    const folder = await temporaryFolder();
    const foreign = request(folder, `${origin}/start`, { related: 'https://203.0.113.9/api' });
    const error = await failureOf(download(foreign, options()));
    expect(error).toMatchObject({ failure: 'unsafe', message: expect.stringContaining('in a private network') });
    expect(requests).toEqual([]);
    const own = request(folder, `${origin}/start`, { related: origin });
    expect((await download(own, options())).bytes).toBe(10);
  });
});
