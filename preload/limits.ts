/** Limits of input that the contract validates and the window's fields keep to; lengths are in characters. */
export const limits = {
  /** The name of a connection, an event or a hook. */
  name: 200,
  sinkName: 100,
  url: 500,
  /** A signing secret that is typed. */
  secret: 1000,
  /** The value of a scope, such as the id of a folder. */
  scopeValue: 1000,
  /** The callback filter of a hook. */
  filter: 4000,
  /** The text of a search. */
  search: 500,
  savedViews: 50,
  savedViewName: 80,
  /** Settings, or secrets, of a connection. */
  connectionFields: 50,
  /** Members of an object whose names are the user's, such as the attribute of a hook. */
  members: 200,
  /** Characters of a point in time. */
  time: 40,
  /** Backups that are removed at once. */
  removedBackups: 20_000,
  /** Items of one answer of a list. */
  listed: 500,
  port: 65_535,
  /** Copies that a retention rule keeps. */
  keptBackups: 1000,
  /** A year. */
  overdueHours: 8760,
  patienceHours: 168,
  reserveGigabytes: 1000,
  retentionDays: 3650,
  retentionEvents: 5_000_000,
  /** A day. */
  tunnelAlertMinutes: 1440,
} as const;
