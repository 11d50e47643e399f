import { useHotkeys } from '@mantine/hooks';
import { pages } from '../view.ts';
import { useWindow } from '../window-context.ts';

/** The key that opens a page, as the user reads it and as assistive technology does. */
export function pageKey(index: number): string {
  return `Alt+${index + 1}`;
}

/** Alt+1 … Alt+6 open the pages, wherever the focus is. */
export function usePageKeys(): void {
  const { view } = useWindow();
  useHotkeys(
    pages.map((page, index) => [`alt+Digit${index + 1}`, () => view.set({ page }), { usePhysicalKeys: true }]),
    [],
  );
}
