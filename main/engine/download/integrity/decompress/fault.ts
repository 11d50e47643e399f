/** Why a file is not decompressed to its end. */
export type Fault =
  /** The data do not follow the format, or a checksum differs. */
  | 'damaged'
  /** The file ends before its data do. */
  | 'ends-early'
  /** It uses a feature that is not decoded here, or needs too much memory. */
  | 'unsupported';

export class DecompressionFault extends Error {
  readonly fault: Fault;

  constructor(fault: Fault, reason = '') {
    super(reason);
    this.fault = fault;
  }
}

export function damage(reason: string): DecompressionFault {
  return new DecompressionFault('damaged', reason);
}

export function unsupported(reason: string): DecompressionFault {
  return new DecompressionFault('unsupported', reason);
}
