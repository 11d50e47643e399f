import { type RefObject, useEffect, useMemo, useState } from 'react';

const mostMatches = 1000;
const matchName = 'body-match';
const currentName = 'body-current';

/** The positions of the query in the text, ignoring case; at most 1000. */
export function matchesIn(text: string, query: string): readonly number[] {
  if (query === '') return [];
  const pattern = new RegExp(query.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi');
  const found: number[] = [];
  for (const match of text.matchAll(pattern)) {
    found.push(match.index);
    if (found.length === mostMatches) break;
  }
  return found;
}

/** Highlights the matches in an element and scrolls to the current one. */
export function useTextSearch(element: RefObject<HTMLElement | null>, text: string, query: string) {
  const matches = useMemo(() => matchesIn(text, query), [text, query]);
  const [chosen, setChosen] = useState(0);
  const current = matches.length === 0 ? 0 : ((chosen % matches.length) + matches.length) % matches.length;
  useEffect(() => {
    const node = element.current?.firstChild;
    const highlights = globalThis.CSS?.highlights;
    if (!node || !highlights || matches.length === 0) return;
    const ranges = matches.map((start) => rangeOf(node, start, query.length));
    const range = ranges[current];
    highlights.set(matchName, new Highlight(...ranges));
    if (range) {
      highlights.set(currentName, new Highlight(range));
      scrollTo(element.current, range);
    }
    return () => {
      highlights.delete(matchName);
      highlights.delete(currentName);
    };
  }, [element, matches, current, query.length]);
  return { count: matches.length, current, step: (by: number) => setChosen(current + by) };
}

function rangeOf(node: Node, start: number, length: number): Range {
  const range = new Range();
  range.setStart(node, start);
  range.setEnd(node, start + length);
  return range;
}

function scrollTo(element: HTMLElement | null, range: Range): void {
  if (!element) return;
  const [place, box] = [range.getBoundingClientRect(), element.getBoundingClientRect()];
  if (place.top < box.top || place.bottom > box.bottom) element.scrollTop += place.top - box.top - box.height / 3;
  if (place.left < box.left || place.right > box.right) element.scrollLeft += place.left - box.left - box.width / 3;
}
