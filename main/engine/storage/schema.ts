import type { DatabaseSync } from 'node:sqlite';

/** Each entry lifts the schema by one version; entries are never edited once released, only appended. */
const migrations: readonly string[] = [
  `CREATE TABLE events (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     hook TEXT NOT NULL,
     connection TEXT NOT NULL,
     received_at INTEGER NOT NULL,
     delivery_id TEXT,
     identity TEXT,
     system TEXT,
     event TEXT,
     title TEXT NOT NULL,
     summary TEXT,
     outcome TEXT,
     resource TEXT,
     occurred_at INTEGER,
     readable INTEGER NOT NULL,
     verified TEXT NOT NULL,
     deliveries INTEGER NOT NULL DEFAULT 1,
     silent INTEGER NOT NULL,
     headers TEXT NOT NULL,
     body BLOB NOT NULL
   ) STRICT;
   CREATE UNIQUE INDEX events_identity ON events (hook, identity) WHERE identity IS NOT NULL;
   CREATE INDEX events_hook ON events (hook, id);
   CREATE TABLE marks (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   INSERT INTO marks VALUES ('announced', 0);
   CREATE TABLE deliveries (
     hook TEXT NOT NULL,
     delivery_id TEXT NOT NULL,
     event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
     PRIMARY KEY (hook, delivery_id)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX deliveries_event ON deliveries (event);
   CREATE VIRTUAL TABLE search USING fts5 (
     title, summary, names, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
   );
   CREATE TABLE names (resource TEXT PRIMARY KEY, name TEXT NOT NULL, event INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   CREATE INDEX names_event ON names (event);
   CREATE TABLE rejections (
     id INTEGER PRIMARY KEY AUTOINCREMENT, received_at INTEGER NOT NULL, hook TEXT, reason TEXT NOT NULL
   ) STRICT;
   CREATE TABLE notices (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     at INTEGER NOT NULL,
     title TEXT NOT NULL,
     body TEXT NOT NULL,
     event INTEGER,
     shown INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE INDEX notices_unshown ON notices (id) WHERE shown = 0;`,
  `CREATE TABLE backups (
     id TEXT PRIMARY KEY,
     created_at INTEGER NOT NULL,
     record TEXT NOT NULL
   ) STRICT;
   ALTER TABLE notices ADD COLUMN backup TEXT;
   ALTER TABLE notices ADD COLUMN page TEXT;`,
  `ALTER TABLE events ADD COLUMN recovered_since INTEGER;
   CREATE INDEX events_recovered ON events (hook, resource) WHERE recovered_since IS NOT NULL;
   CREATE TABLE attended (hook TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE recoveries (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, record TEXT NOT NULL) STRICT;
   INSERT INTO marks VALUES ('recounted', 0);`,
  `ALTER TABLE events ADD COLUMN variant TEXT;`,
  `ALTER TABLE events ADD COLUMN jobs TEXT;
   ALTER TABLE notices ADD COLUMN job TEXT;
   INSERT INTO marks SELECT 'followed', value FROM marks WHERE name = 'announced';
   CREATE TABLE jobs (
     id TEXT PRIMARY KEY,
     connection TEXT NOT NULL,
     subject TEXT NOT NULL,
     open INTEGER NOT NULL,
     created_at INTEGER NOT NULL,
     sort TEXT NOT NULL,
     took INTEGER,
     record TEXT NOT NULL,
     thumbnail BLOB
   ) STRICT;
   CREATE INDEX jobs_subject ON jobs (connection, subject, created_at);
   CREATE INDEX jobs_order ON jobs (open, created_at);
   CREATE INDEX jobs_took ON jobs (sort, created_at) WHERE took IS NOT NULL;
   CREATE TABLE job_events (
     job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
     event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
     words TEXT,
     PRIMARY KEY (job, event)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX job_events_event ON job_events (event);`,
  `CREATE TABLE places (resource TEXT PRIMARY KEY, name TEXT NOT NULL, within TEXT) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE hook_history (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, record TEXT NOT NULL) STRICT;`,
  `ALTER TABLE notices ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;`,
  `ALTER TABLE notices ADD COLUMN messages TEXT;`,
  `ALTER TABLE events ADD COLUMN plural TEXT;
   ALTER TABLE events ADD COLUMN place TEXT;
   ALTER TABLE notices ADD COLUMN bundle TEXT;
   ALTER TABLE notices ADD COLUMN due_at INTEGER NOT NULL DEFAULT 0;
   CREATE INDEX notices_bundle ON notices (bundle) WHERE shown = 0 AND bundle IS NOT NULL;
   CREATE TABLE notice_events (
     notice INTEGER NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
     event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
     PRIMARY KEY (notice, event)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX notice_events_event ON notice_events (event);`,
  `CREATE INDEX events_happening ON events (connection, resource, occurred_at)
     WHERE resource IS NOT NULL AND occurred_at IS NOT NULL;`,
  `ALTER TABLE notices ADD COLUMN seen INTEGER NOT NULL DEFAULT 1;
   ALTER TABLE notices ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;
   CREATE INDEX notices_unseen ON notices (id) WHERE seen = 0;`,
  `INSERT INTO marks VALUES ('trustedTime', 0);`,
  `ALTER TABLE notices ADD COLUMN mode TEXT;
   ALTER TABLE notices ADD COLUMN about TEXT;
   ALTER TABLE notices ADD COLUMN digest INTEGER;
   UPDATE notices SET shown = 1 WHERE shown = 0 AND at < (unixepoch() - 86400) * 1000;
   CREATE INDEX notices_held ON notices (digest) WHERE digest IS NOT NULL;`,
  `ALTER TABLE events ADD COLUMN body_digest INTEGER;
   CREATE INDEX events_body ON events (body_digest) WHERE body_digest IS NOT NULL;
   CREATE INDEX rejections_hook ON rejections (hook, id);`,
  `ALTER TABLE events ADD COLUMN names TEXT;
   INSERT INTO marks VALUES ('indexed', 0);
   DROP TABLE search;
   CREATE VIRTUAL TABLE search USING fts5 (
     title, summary, names, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
   );
   CREATE VIRTUAL TABLE search_parts USING fts5 (
     title, summary, names, content = '', contentless_delete = 1, tokenize = 'trigram'
   );`,
  `CREATE TABLE forwards (
     event INTEGER PRIMARY KEY REFERENCES events (id) ON DELETE CASCADE,
     hook TEXT NOT NULL,
     since INTEGER NOT NULL,
     due_at INTEGER NOT NULL,
     attempts INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE INDEX forwards_hook ON forwards (hook, event);
   CREATE TABLE forward_attempts (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
     record TEXT NOT NULL
   ) STRICT;
   CREATE INDEX forward_attempts_event ON forward_attempts (event);
   INSERT INTO marks SELECT 'forwarded', coalesce(max(id), 0) FROM events;`,
  `INSERT INTO marks VALUES ('pruneTime', 0);`,
  `ALTER TABLE events ADD COLUMN relay TEXT;
   INSERT INTO marks VALUES ('published', 9007199254740991), ('publishedSequence', 0);`,
  `CREATE INDEX events_outcome ON events (outcome);`,
  `CREATE TABLE notice_sends (
     sink TEXT NOT NULL,
     notice INTEGER NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
     since INTEGER NOT NULL,
     due_at INTEGER NOT NULL,
     attempts INTEGER NOT NULL DEFAULT 0,
     sending INTEGER NOT NULL DEFAULT 0,
     PRIMARY KEY (sink, notice)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX notice_sends_notice ON notice_sends (notice);`,
  `CREATE TABLE repetitions (
     event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
     at INTEGER NOT NULL,
     PRIMARY KEY (event, at)
   ) STRICT, WITHOUT ROWID;`,
  `DROP TABLE search;
   DROP TABLE search_parts;
   UPDATE marks SET value = 0 WHERE name = 'indexed';
   CREATE VIRTUAL TABLE search USING fts5 (
     words, hook, connection, event, outcome, content = '', contentless_delete = 1, tokenize = 'trigram'
   );
   CREATE TABLE event_kinds (event TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
   CREATE TABLE event_times (block INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;
   INSERT INTO event_times SELECT id >> 8, min(received_at), max(received_at) FROM events GROUP BY id >> 8;
   CREATE TRIGGER event_times_insert AFTER INSERT ON events BEGIN
     INSERT INTO event_times VALUES (new.id >> 8, new.received_at, new.received_at)
       ON CONFLICT (block) DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last);
   END;
   CREATE TRIGGER event_times_prune AFTER INSERT ON event_times BEGIN
     DELETE FROM event_times WHERE block < (SELECT min(id) FROM events) >> 8;
   END;`,
  `CREATE TABLE rejected_deliveries (
     rejection INTEGER PRIMARY KEY REFERENCES rejections (id) ON DELETE CASCADE,
     hook TEXT,
     method TEXT NOT NULL,
     headers TEXT NOT NULL,
     body BLOB NOT NULL,
     size INTEGER NOT NULL
   ) STRICT;`,
  // Of an event that was stored after its sender had been asked to retry.
  'ALTER TABLE events ADD COLUMN retries INTEGER NOT NULL DEFAULT 0;',
  'CREATE INDEX forwards_due ON forwards (hook, due_at);',
  "INSERT INTO marks SELECT 'outdated', value FROM marks WHERE name = 'indexed';",
  `CREATE INDEX events_same ON events (resource, occurred_at)
     WHERE resource IS NOT NULL AND occurred_at IS NOT NULL;`,
  'ALTER TABLE events ADD COLUMN messages TEXT;',
  'ALTER TABLE rejections ADD COLUMN message TEXT;',
  // Another index by resource and time finds the same events; each index takes time at every callback.
  'DROP INDEX events_happening;',
  // Hiragana are found as katakana now, and fillers of Hangul are left out.
  "UPDATE marks SET value = (SELECT value FROM marks WHERE name = 'indexed') WHERE name = 'outdated';",
];

/** The file was written by a newer Ringback; it is left alone. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';
}

/** The number of the present schema, `user_version` in a file. */
export const schemaVersion = migrations.length;

/** Brings the file to the present schema (or to an older one, for tests), all in one transaction. */
export function migrate(database: DatabaseSync, target = schemaVersion): void {
  const row = database.prepare('PRAGMA user_version').get();
  const version = Number(row?.user_version ?? 0);
  if (version > schemaVersion) throw new NewerSchemaError(`schema ${version}, known up to ${schemaVersion}`);
  if (version >= target) return;
  const changes = migrations.slice(version, target).join('\n');
  database.exec(`BEGIN IMMEDIATE; ${changes} PRAGMA user_version = ${target}; COMMIT;`);
}
