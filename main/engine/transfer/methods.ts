import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import { readDocument } from './document.ts';
import { exportText } from './export.ts';
import { importDocument } from './import.ts';
import type { TransferOptions } from './options.ts';

/** The contract's questions about moving to another computer. */
export function transferMethods(options: TransferOptions): MethodHandlers<MethodsOf<'transfer'>> {
  const { saveText, now } = options.ports;
  return {
    async 'transfer.export'({ passphrase, inline = false }) {
      const text = await exportText(options, passphrase);
      const name = `ringback-export-${new Date(now()).toISOString().slice(0, 10)}.json`;
      if (saveText === undefined || inline) return { saved: false, name, text };
      const file = await saveText(name, text);
      return file === undefined ? { saved: false } : { saved: true, file };
    },
    'transfer.import': ({ text, passphrase, dryRun = false }) =>
      importDocument(options, readDocument(text), { passphrase, dryRun }),
  };
}
