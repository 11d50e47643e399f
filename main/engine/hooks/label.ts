import type { Catalogue } from '../connector/index.ts';

export interface HookNaming {
  readonly system?: string | undefined;
  readonly event: string;
  readonly scope: Readonly<Record<string, string>>;
}

/** The title of a hook, from the catalogue and known names: "File version added · Structural". */
export function hookLabel(
  { system, event, scope }: HookNaming,
  catalogue: Catalogue | undefined,
  nameOf: (resource: string) => string | undefined,
): string {
  const title = catalogue?.systems
    .find((one) => one.system === system)
    ?.events.find((one) => one.event === event)?.title;
  const scopes = Object.values(scope).map((value) => nameOf(value) ?? shortened(value));
  return [title ?? event, ...scopes].join(' · ');
}

function shortened(value: string): string {
  return value.length > 40 ? `…${value.slice(-24)}` : value;
}
