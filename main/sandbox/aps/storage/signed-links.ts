import type { Random } from '../../random.ts';

type SignedUse =
  | { readonly kind: 'upload'; readonly uploadKey: string; readonly part: number }
  | { readonly kind: 'download'; readonly bucket: string; readonly object: string; readonly headers: Headers };
type Headers = Readonly<Record<string, string>>;

/** URLs that are valid without a token until they expire, as signed by S3. */
export class SignedLinks {
  readonly #links = new Map<string, { readonly use: SignedUse; readonly expires: number }>();
  readonly #now: () => number;
  readonly #random: Random;

  constructor(now: () => number, random: Random) {
    this.#now = now;
    this.#random = random;
  }

  /** The path of a signed URL; `expires` in milliseconds since 1970. */
  sign(use: SignedUse, expires: number): string {
    const signature = this.#random.bytes(24).toString('base64url');
    this.#links.set(signature, { use, expires });
    return `/s3/${signature}`;
  }

  find(signature: string): SignedUse | undefined {
    const link = this.#links.get(signature);
    return link && link.expires > this.#now() ? link.use : undefined;
  }
}
