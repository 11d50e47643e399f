import type { MessageParameters } from './catalogue.ts';

/** The name of a subject, or else its kind with a short id: "File 4qsCZu1n". */
export function called(noun: string, { name, id }: MessageParameters): string {
  return name ? String(name) : id ? `${noun} ${id}` : noun;
}

/** "Folder added: Plans"; the title alone where there is no name. */
export function titleWithName(title: unknown, name: unknown): string {
  return name ? `${title}: ${name}` : String(title);
}

/** The parts that are not empty, joined by " · ". */
export function joinParts(...parts: readonly unknown[]): string {
  return parts.filter(Boolean).join(' · ');
}
