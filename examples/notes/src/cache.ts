// What pages have read from the database, kept until a server function says that it has changed.
import {createMemoryCache, type RevalidationTarget} from 'use-server-webpack-plugin/server';
import {connectProcesses} from './processes.ts';

interface Revalidation {
  kind: 'path' | 'tag';
  name: string;
}

const memory = createMemoryCache();

/** A PostgreSQL server may serve several processes of this app, each with a memory of its own. */
const processes = process.env.DATABASE_URL
  ? connectProcesses(process.env.DATABASE_URL, {
      onMessage: (message) => revalidate(JSON.parse(message) as Revalidation),
      onGap: () => memory.clear(),
    })
  : undefined;

/**
 * For the handler's option `cache`. The answer of a server function waits until every process knows of
 * the change: whichever one answers the next request, the page is not older than what was just done.
 */
export const cache: RevalidationTarget = {
  revalidatePath: (name) => tellAll({kind: 'path', name}),
  revalidateTag: (name) => tellAll({kind: 'tag', name}),
};

/** Keeps what `read` gives, as long as this process hears of changes. */
export function cached<Arguments extends unknown[], Result>(
  read: (...args: Arguments) => Promise<Result>,
  options: {tags: string[]},
): (...args: Arguments) => Promise<Result> {
  const readOnce = memory.cached(read, options);
  return (...args) => (!processes || processes.isListening ? readOnce(...args) : read(...args));
}

export async function closeCache(): Promise<void> {
  await processes?.close();
}

async function tellAll(revalidation: Revalidation): Promise<void> {
  revalidate(revalidation);
  await processes?.tell(JSON.stringify(revalidation));
}

function revalidate({kind, name}: Revalidation): void {
  if (kind === 'path') memory.revalidatePath(name);
  else memory.revalidateTag(name);
}
