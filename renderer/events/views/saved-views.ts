/** A search that the user named. */
export interface SavedView {
  readonly name: string;
  readonly query: string;
}

const mostViews = 50;

/** The views with this one, in place of another of its name. */
export function withView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  const others = views.filter(({ name }) => !isSame(name, view.name));
  return [...others, view].sort((a, b) => a.name.localeCompare(b.name)).slice(0, mostViews);
}

export function withoutView(views: readonly SavedView[], name: string): readonly SavedView[] {
  return views.filter((view) => view.name !== name);
}

/** The views in a stored text; none where it holds anything else. */
export function viewsIn(text: string | undefined): readonly SavedView[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter(isView) : [];
  } catch {
    return [];
  }
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null) return false;
  const { name, query } = value as Partial<Record<keyof SavedView, unknown>>;
  return typeof name === 'string' && typeof query === 'string';
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
