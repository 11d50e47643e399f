import { downloadMessages, type Message } from '../../messages/index.ts';
import { paxSize } from './pax-size.ts';
import { declaredSize, isTarHeader, isZero, tarBlockBytes } from './tar-header.ts';

/** What follows a block of a tar archive. */
interface TarStep {
  /** Bytes up to the next block that the walk takes. */
  readonly content: number;
  /** How many of them, the first ones, are the text of an extended header, for `describe`. */
  readonly description: number;
}

/** Tells headers from content in a tar archive: V7, ustar, GNU, star or pax. */
interface TarWalk {
  /** Whether an extended header cannot be read, or describes no file. */
  readonly hasUnreadHeaders: boolean;
  /** Whether the map of a sparse file goes on in the next block, with its content behind. */
  readonly isWithinMap: boolean;
  /** Undefined for the first block of zeros, which ends the archive. Throws "damaged" for a header that is none. */
  take(block: Buffer): TarStep | undefined;
  /** Takes the text of an extended header. */
  describe(text: Buffer): void;
}

const nothing: TarStep = { content: 0, description: 0 };
/** A longer extended header is not read, as in common tools. */
const longestDescription = 1024 * 1024;

export function createTarWalk(): TarWalk {
  /** What the next block is: a link or a folder that declares a size has content in some archives only. */
  let expected: 'header' | 'sparse map' | 'optional content' = 'header';
  /** Of the current entry, in whole blocks. */
  let content = 0;
  let type = '';
  /** The sizes of extended headers: of the next entry, and of all that follow. */
  let sizeOfNext: number | undefined;
  let sizeOfAll: number | undefined;
  let hasUnreadHeaders = false;
  const takeHeader = (header: Buffer): TarStep => {
    const declared = declaredSize(header);
    type = typeOf(header);
    if (describesNext.has(type)) {
      const isRead = describesByPax.has(type) && declared <= longestDescription;
      return { content: wholeBlocks(declared), description: isRead ? declared : 0 };
    }
    content = wholeBlocks(sizeOfNext ?? sizeOfAll ?? declared);
    sizeOfNext = undefined;
    if (type === 'S' && hasMoreMap(header)) expected = 'sparse map';
    else if (content > 0 && mayLackContent(header, type)) expected = 'optional content';
    return expected === 'header' ? { content, description: 0 } : nothing;
  };
  return {
    get hasUnreadHeaders() {
      return hasUnreadHeaders;
    },
    get isWithinMap() {
      return expected === 'sparse map';
    },
    take(block) {
      const previous = expected;
      expected = 'header';
      if (previous === 'sparse map') {
        if (block[504] === 0) return { content, description: 0 };
        expected = 'sparse map';
        return nothing;
      }
      if (previous === 'optional content' && !isZero(block) && !isTarHeader(block)) {
        return { content: content - tarBlockBytes, description: 0 };
      }
      if (!isZero(block)) return takeHeader(block);
      hasUnreadHeaders ||= type !== 'g' && describesNext.has(type);
      return undefined;
    },
    describe(text) {
      const { size, isValid } = paxSize(text);
      hasUnreadHeaders ||= !isValid;
      if (type === 'g') sizeOfAll = size ?? sizeOfAll;
      else sizeOfNext = size;
    },
  };
}

export function headerRemarks({ hasUnreadHeaders }: TarWalk): Message[] {
  return hasUnreadHeaders ? [downloadMessages.tarHeadersUnread()] : [];
}

/** Extended headers of pax and of Solaris. */
const describesByPax: ReadonlySet<string> = new Set(['x', 'X', 'g']);
/** With the long names of GNU tar. */
const describesNext: ReadonlySet<string> = new Set([...describesByPax, 'L', 'K']);

function typeOf(header: Buffer): string {
  return header.toString('latin1', 156, 157);
}

/** Links, devices, folders and pipes; in an old archive a folder is a file whose name ends with a slash. */
function mayLackContent(header: Buffer, type: string): boolean {
  const [name = ''] = header.toString('latin1', 0, 100).split('\0', 1);
  return /[1-6]/.test(type) || (/[0\0]/.test(type) && name.endsWith('/'));
}

/** Whether blocks with the map of a sparse file follow its header: GNU tar and star mark it at different places. */
function hasMoreMap(header: Buffer): boolean {
  const isStar = header.toString('latin1', 508, 511) === 'tar';
  return header[isStar ? 355 : 482] !== 0;
}

function wholeBlocks(bytes: number): number {
  return Math.ceil(bytes / tarBlockBytes) * tarBlockBytes;
}
