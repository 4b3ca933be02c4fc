// The database: PostgreSQL embedded in this process (PGlite, files in data/) or, when DATABASE_URL
// is set, a real server. Both speak the same SQL, so the rest of the app sees one small interface.
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {lockFolder} from './lock.ts';
import {schema} from './schema.ts';

export interface Database {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** A dev server starts the next process before the one that it replaces has ended. */
const LOCK_PATIENCE_MS = process.env.WEBPACK_SERVE ? 15_000 : 0;

let opened: Promise<Database> | undefined;

/** The one database of this process. When it cannot be opened, the next call tries again. */
export function database(): Promise<Database> {
  opened ??= open().catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

export async function query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> {
  return (await database()).query<Row>(sql, parameters);
}

export async function closeDatabase(): Promise<void> {
  await (await opened)?.close();
}

async function open(): Promise<Database> {
  const db = process.env.DATABASE_URL
    ? await connect(process.env.DATABASE_URL)
    : await openEmbedded(process.env.NOTES_DATA ?? 'data');
  try {
    await db.query(schema);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

async function openEmbedded(folder: string): Promise<Database> {
  mkdirSync(folder, {recursive: true});
  const unlock = await lockFolder(folder, LOCK_PATIENCE_MS);
  try {
    const {PGlite} = await import('@electric-sql/pglite');
    const db = await PGlite.create(join(folder, 'postgres'));
    return {
      query: async <Row>(sql: string, parameters?: unknown[]) =>
        (await db.query<Row>(sql, parameters)).rows,
      async close() {
        await db.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

async function connect(connectionString: string): Promise<Database> {
  const {default: pg} = await import('pg');
  const pool = new pg.Pool({connectionString, connectionTimeoutMillis: 5000});
  // A connection that breaks while it is idle: the pool replaces it, the app goes on.
  pool.on('error', (error) => console.error('Lost a database connection:', error.message));
  return {
    query: async <Row>(sql: string, parameters?: unknown[]) =>
      (await pool.query(sql, parameters)).rows as Row[],
    close: () => pool.end(),
  };
}
