import {renderToReadableStream} from 'react-server-dom-webpack/server';
import {ignore} from '../platform/ignore.ts';
import type {Bytes} from '../request/bytes.ts';
import {Pace} from './pace.ts';
import type {RenderFlight} from './flightRenderer.ts';
import {UnreadAnswer} from './unreadAnswer.ts';

/** Where there are only web APIs. */
export const renderReadable: RenderFlight = (
  model,
  clientManifest,
  lifetime,
  {endRow, ...options},
) => {
  const pace = new Pace();
  const unread = new UnreadAnswer(lifetime, pace, endRow);
  const stream = renderToReadableStream(model, clientManifest, {
    ...options,
    temporaryReferences: pace.watch(options.temporaryReferences),
    signal: lifetime.signal,
  }) as ReadableStream<Bytes>;
  lifetime.onAbort(() => pace.stop());
  const reader = stream.getReader();
  unread.onCancel = (reason) => void reader.cancel(reason).catch(ignore);
  unread.ready = begin(reader, unread);
  return unread;
};

async function begin(reader: Reader, unread: UnreadAnswer): Promise<void> {
  // React renders in a microtask; what is not there after it waits for something.
  await NOTHING_YET;
  const rest = await readReady(reader, unread);
  if (rest) void readAll(rest.next, reader, unread);
}

type Reader = ReadableStreamDefaultReader<Bytes>;
/** Not the promise itself, which would be awaited on the way. */
type Rest = {next: ReturnType<Reader['read']>};

const NOTHING_YET = Promise.resolve(undefined);

/**
 * Reads what is there already.
 *
 * @returns the read that has to wait, unless everything was there
 */
async function readReady(reader: Reader, unread: UnreadAnswer): Promise<Rest | undefined> {
  for (;;) {
    const next = reader.read();
    const settled = await Promise.race([next, NOTHING_YET]).catch(ignore);
    if (!settled) return {next};
    if (settled.done) {
      unread.end();
      return undefined;
    }
    unread.write(settled.value);
  }
}

/** Reads the rest as soon as it is there: React gets more to write only as fast as the client reads. */
async function readAll(next: Rest['next'], reader: Reader, unread: UnreadAnswer): Promise<void> {
  try {
    for (let read = await next; !read.done; read = await reader.read()) {
      unread.write(read.value);
      unread.flush();
    }
    unread.end();
  } catch (error) {
    unread.fail(error);
  }
}
