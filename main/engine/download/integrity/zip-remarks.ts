import { downloadMessages, type Message } from '../../messages/index.ts';

/** What is odd about single entries. */
type Oddity = 'encrypted' | 'method' | 'header' | 'extra' | 'folder' | 'size' | 'trailing' | 'descriptor';

const messages: Readonly<Record<Oddity, (parameters: { count: number }) => Message>> = {
  encrypted: downloadMessages.zipEncrypted,
  method: downloadMessages.zipMethodUnknown,
  header: downloadMessages.zipHeadersDiffer,
  extra: downloadMessages.zipExtraFields,
  folder: downloadMessages.zipFolderSizes,
  size: downloadMessages.zipSizesDiffer,
  trailing: downloadMessages.zipEntryTrailing,
  descriptor: downloadMessages.zipDescriptors,
};

/** Counts the odd entries of each kind. */
export class ZipRemarks {
  readonly #counts = new Map<Oddity, number>();

  add(oddity: Oddity): void {
    this.#counts.set(oddity, (this.#counts.get(oddity) ?? 0) + 1);
  }

  get messages(): Message[] {
    return [...this.#counts].map(([oddity, count]) => messages[oddity]({ count }));
  }
}
