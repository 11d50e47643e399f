import type { Connection, ConnectorInfo, Input } from '../../preload/contract/index.ts';

/** The values of the form. */
export interface Draft {
  readonly connection: string;
  readonly urn: string;
  /** The file name, where the URN does not contain it. */
  readonly name: string;
  readonly formats: readonly string[];
  /** Undefined for the suggested region. */
  readonly region: string | undefined;
  readonly force: boolean;
  /** The formats as JSON, in place of `formats`. */
  readonly advanced: string;
}

type Formats = NonNullable<Input<'jobs.start'>['formats']>;

export function startDraft(connections: readonly Connection[], connectors: readonly ConnectorInfo[]): Draft {
  const able = connections.find(({ cannot }) => !cannot?.some(({ bundle }) => bundle === 'jobs'));
  const { id = '', connector } = able ?? connections[0] ?? {};
  const formats = connectors.find((one) => one.id === connector)?.jobs?.defaultFormats ?? [];
  return { connection: id, urn: '', name: '', formats, region: undefined, force: false, advanced: '' };
}

export function faultsIn(draft: Draft): {
  urn?: 'common.required';
  formats?: 'common.required';
  advanced?: 'jobForm.advancedWrong';
} {
  const advanced = parsed(draft.advanced);
  return {
    ...(draft.urn.trim() ? {} : { urn: 'common.required' }),
    ...(draft.formats.length > 0 || draft.advanced.trim() ? {} : { formats: 'common.required' }),
    ...(draft.advanced.trim() && !advanced ? { advanced: 'jobForm.advancedWrong' } : {}),
  };
}

export function orderOf(draft: Draft): Input<'jobs.start'> {
  const { connection, urn, name, region, force } = draft;
  return {
    connection,
    urn: urn.trim(),
    formats: parsed(draft.advanced) ?? [...draft.formats],
    ...(name.trim() ? { name: name.trim() } : {}),
    ...(region ? { region } : {}),
    ...(force ? { force } : {}),
  };
}

function parsed(text: string): Formats | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isList = Array.isArray(value) && value.length > 0 && value.every((one) => typeof one?.type === 'string');
    return isList ? (value as Formats) : undefined;
  } catch {
    return undefined;
  }
}
