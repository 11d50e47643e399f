import type { SavedView } from '../../../preload/contract/index.ts';
import { limits } from '../../../preload/limits.ts';

/** Adds the view, or replaces the one of the same name. */
export function withView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  const others = views.filter(({ name }) => !isSame(name, view.name));
  return [...others, view].sort((a, b) => a.name.localeCompare(b.name));
}

/** Whether the limit is reached and no view has this name. */
export function isFull(views: readonly SavedView[], name: string): boolean {
  return views.filter((view) => !isSame(view.name, name)).length >= limits.savedViews;
}

export function withoutView(views: readonly SavedView[], name: string): readonly SavedView[] {
  return views.filter((view) => view.name !== name);
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
