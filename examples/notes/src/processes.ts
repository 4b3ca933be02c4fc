// Messages to all processes of this app, by LISTEN and NOTIFY of PostgreSQL:
// https://www.postgresql.org/docs/current/sql-notify.html
import {randomUUID} from 'node:crypto';
import type {Client, Notification} from 'pg';
import {query} from './db.ts';

/** The name of the connections that listen, by which they are counted. */
const LISTENER = 'notes listener';
const RETRY_MS = 1000;
/** A process that hangs does not stop the others for longer. */
const PATIENCE_MS = 2000;

export interface Processes {
  /** Whether this process hears the messages. */
  readonly isListening: boolean;
  /**
   * Resolves when every process that listens has handled the message, this one included.
   *
   * @throws Error when the database does not take it
   */
  tell(message: string): Promise<void>;
  close(): Promise<void>;
}

interface Handlers {
  onMessage(message: string): void;
  /** Messages may have been missed: listening begins, or was interrupted. */
  onGap(): void;
}

/** Listens, and goes on trying where the database cannot be reached. */
export function connectProcesses(connectionString: string, handlers: Handlers): Processes {
  const confirmations = new Confirmations();
  let client: Client | undefined;
  let confirming: Promise<unknown> = Promise.resolve();
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  async function listen(): Promise<void> {
    const next = await open(connectionString);
    next.on('notification', (notification) => receive(next, notification));
    next.once('end', () => lose(new Error('The connection ended.')));
    await next.query('listen messages; listen confirmations');
    if (closed) return next.end();
    handlers.onGap();
    client = next;
  }

  function tryToListen(): void {
    listen().catch(lose);
  }

  function lose(error: unknown): void {
    client = undefined;
    if (closed || retry) return;
    console.error('This process does not hear the others:', (error as Error).message);
    handlers.onGap();
    retry = setTimeout(() => {
      retry = undefined;
      tryToListen();
    }, RETRY_MS);
  }

  function receive(from: Client, {channel, payload = ''}: Notification): void {
    if (channel === 'confirmations') return confirmations.add(payload);
    const [id, message] = JSON.parse(payload) as [id: string, message: string];
    handlers.onMessage(message);
    // One after the other. It can only fail together with the connection, whose end is handled.
    confirming = confirming
      .then(() => from.query(`select pg_notify('confirmations', $1)`, [id]))
      .catch(() => {});
  }

  tryToListen();
  return {
    get isListening() {
      return client !== undefined;
    },
    async tell(message) {
      const id = randomUUID();
      const confirmed = confirmations.expect(id);
      const [row] = await query<{listeners: number}>(
        `select pg_notify('messages', $1),
           (select count(*)::int from pg_stat_activity
            where application_name = $2 and datname = current_database()) as listeners`,
        [JSON.stringify([id, message]), LISTENER],
      ).catch((error: unknown) => {
        confirmations.forget(id);
        throw error;
      });
      // Without a connection of its own this process hears no confirmations either.
      await (client ? confirmed.by(row!.listeners) : confirmations.forget(id));
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
}

async function open(connectionString: string): Promise<Client> {
  const {default: pg} = await import('pg');
  const client = new pg.Client({
    connectionString,
    application_name: LISTENER,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  });
  // A broken connection also ends, and that is handled.
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** Counts who has handled which message. They may arrive before it is known how many there will be. */
class Confirmations {
  readonly #counts = new Map<string, {received: number; check: () => void}>();

  add(id: string): void {
    const count = this.#counts.get(id);
    if (!count) return;
    count.received++;
    count.check();
  }

  forget(id: string): void {
    this.#counts.delete(id);
  }

  expect(id: string): {by(processes: number): Promise<void>} {
    const count = {received: 0, check() {}};
    this.#counts.set(id, count);
    return {
      by: (processes) =>
        new Promise((resolve) => {
          const finish = () => {
            clearTimeout(timeout);
            this.forget(id);
            resolve();
          };
          const timeout = setTimeout(finish, PATIENCE_MS);
          count.check = () => {
            if (count.received >= processes) finish();
          };
          count.check();
        }),
    };
  }
}
