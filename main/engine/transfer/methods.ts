import { RingbackError } from '../errors.ts';
import { transferMessages } from '../messages/index.ts';
import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import { readDocument } from './document.ts';
import { exportText } from './export.ts';
import { importDocument } from './import.ts';
import type { TransferOptions } from './options.ts';

/** The contract's questions about moving to another computer. */
export function transferMethods(options: TransferOptions): MethodHandlers<MethodsOf<'transfer'>> {
  const { saveText, now } = options.ports;
  return {
    async 'transfer.export'({ passphrase }) {
      if (saveText === undefined && passphrase !== undefined)
        throw new RingbackError('conflict', transferMessages.byCommand());
      const { text, ...others } = await exportText(options, passphrase);
      const name = `ringback-export-${new Date(now()).toISOString().slice(0, 10)}.json`;
      if (saveText === undefined) return { saved: false, name, text, ...others };
      const file = await saveText(name, text);
      return file === undefined ? { saved: false } : { saved: true, file, ...others };
    },
    'transfer.text': ({ passphrase }) => exportText(options, passphrase),
    'transfer.import': ({ text, passphrase, dryRun = false }) =>
      importDocument(options, readDocument(text), { passphrase, dryRun }),
  };
}
