/** Whether an event name matches a pattern, in which `*` stands for zero or more characters. */
export function fits(pattern: string, event: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return pattern === event;
  if (!event.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = event.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return event.endsWith(last) && event.length - last.length >= at;
}

export function isPattern(event: string): boolean {
  return event.includes('*');
}
