/** The path of a file that belongs to a database: "events.last" to "events.sqlite". */
export function fileBeside(database: string, ending: string): string {
  return `${database.replace(/\.sqlite$/, '')}.${ending}`;
}
