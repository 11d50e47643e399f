import type { Response } from 'express';
import { ErrorResponse } from '../http/index.ts';
import type { Random } from '../random.ts';
import type { Behaviour } from './behaviour.ts';
import type { Links } from './links.ts';

export interface Origins {
  /** The origin of the API. */
  readonly own: string;
  /** The origin of another server. */
  readonly foreign: string;
  /** The API over plain http, under a name that does not count as this computer. */
  readonly http: string;
  /** The API with a self-signed certificate. */
  readonly untrusted: string;
}

/** The results that are ready, by the secret id in their callbacks. */
export class Results {
  readonly #waiting = new Map<string, { requests: number; readonly token: string }>();
  readonly #behaviour: Behaviour;
  readonly #links: Links;
  readonly #origins: () => Origins;
  readonly #random: Random;

  constructor(behaviour: Behaviour, links: Links, origins: () => Origins, random: Random) {
    this.#behaviour = behaviour;
    this.#links = links;
    this.#origins = origins;
    this.#random = random;
  }

  /** A new id for the owner of the token. */
  createId(token: string): string {
    const id =
      this.#behaviour.callback.idAs === 'uuid'
        ? this.#random.uuid()
        : `Result_${this.#random.bytes(9).toString('base64url')}`;
    this.#waiting.set(id, { requests: 0, token });
    return id;
  }

  /** Responds to `GET /webhook?id=`; throws the service's error response. UUIDs are case-insensitive. */
  answer(id: string, token: string, response: Response): void {
    const key = this.#waiting.has(id) ? id : id.toLowerCase();
    const waiting = this.#waiting.get(key);
    if (!waiting) throw new ErrorResponse(404, { message: `There is no webhook with id ${id}.` });
    const { notYet, once, boundToToken } = this.#behaviour.result;
    if (boundToToken && token !== waiting.token) {
      throw new ErrorResponse(403, { message: 'The result belongs to another token.' });
    }
    const isReady = waiting.requests >= notYet;
    waiting.requests += 1;
    if (once && isReady) this.#waiting.delete(key);
    if (!isReady) this.#sendNotYet(response);
    else this.#send(response, this.body());
  }

  /** The result in the configured shape, with new links. */
  body(): unknown {
    const { files, shape, payload } = this.#behaviour.result;
    if (payload !== undefined) return { successCode: 200, data: payload };
    return shapes[shape](Array.from({ length: files }, (_, number) => this.#url(number)));
  }

  #url(number: number): string {
    const path = this.#links.issue(number);
    const { own, foreign, http, untrusted } = this.#origins();
    const urls = {
      absolute: own + path,
      relative: path,
      bare: path.slice(1),
      http: http + path,
      foreign: foreign + path,
      untrusted: untrusted + path,
    };
    return urls[this.#behaviour.result.url];
  }

  #sendNotYet(response: Response): void {
    const { notYetAs, retry } = this.#behaviour.result;
    const says = { message: 'The result is not ready.' };
    if (notYetAs === '202') return void response.status(202).json({ successCode: 202 });
    if (notYetAs === 'retry') return void response.status(202).json({ retry });
    if (notYetAs === 'null') return void response.json({ successCode: 200, data: null });
    if (notYetAs === 'empty') return void response.json({ data: {} });
    if (notYetAs === 'successCode') return void response.json({ successCode: 404, ...says });
    throw new ErrorResponse(Number(notYetAs), says);
  }

  #send(response: Response, body: unknown): void {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { wrapping } = this.#behaviour.result;
    if (wrapping === 'text/plain' || typeof body === 'string') return void response.type('text').send(text);
    const wrapped = { json: text, string: JSON.stringify(text), bom: `\ufeff${text}` };
    response.type('json').send(wrapped[wrapping]);
  }
}

/** Where the response contains the URLs; the first shape is the documented one. */
const shapes: Readonly<Record<Behaviour['result']['shape'], (urls: readonly string[]) => unknown>> = {
  'data.url': ([url]) => ({ data: { url } }),
  data: ([url]) => ({ successCode: 200, data: url }),
  url: ([url]) => ({ url }),
  'data[].url': (urls) => ({ data: urls.map((url) => ({ url })) }),
  'data.urls': (urls) => ({ data: { urls } }),
  download_url: ([url]) => ({ data: { download_url: url } }),
  link: ([url]) => ({ link: url }),
  href: ([url]) => ({ data: { href: url } }),
  text: ([url]) => url,
};
