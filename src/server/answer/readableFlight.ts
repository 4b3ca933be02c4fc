import {renderToReadableStream} from 'react-server-dom-webpack/server';
import {concatenate, type Bytes} from '../request/bytes.ts';
import type {CallLifetime} from '../scope/lifetime.ts';
import {hidesErrors, type EndRow} from './endRow.ts';
import {MAX_WHOLE, type RenderFlight} from './renderFlight.ts';

/** Where there are only web APIs. */
export const renderReadable: RenderFlight = (
  model,
  clientManifest,
  lifetime,
  {endRow, ...options},
) => {
  const stream = renderToReadableStream(model, clientManifest, {
    ...options,
    signal: lifetime.signal,
  }) as ReadableStream<Bytes>;
  return wholeOrStream(stream, lifetime, endRow);
};

/**
 * The whole answer, where React has it ready at once and it is small: that spares the adapter a stream.
 * Otherwise a stream, which begins with what is ready. The call ends with it.
 */
async function wholeOrStream(
  stream: ReadableStream<Bytes>,
  lifetime: CallLifetime,
  endRow: EndRow | undefined,
): Promise<Bytes | ReadableStream<Bytes>> {
  const reader = stream.getReader();
  // React renders in a microtask; what is not there after it waits for something.
  await NOTHING_YET;
  const ready: Bytes[] = [];
  let size = 0;
  for (;;) {
    const next = reader.read();
    const settled = await Promise.race([next, NOTHING_YET]).catch(() => undefined);
    if (settled?.done) {
      if (endRow) ready.push(endRow(lifetime));
      lifetime.finish();
      return concatenate(ready, size + (endRow ? ready.at(-1)!.byteLength : 0));
    }
    if (!settled || size > MAX_WHOLE) {
      lifetime.goOn();
      return watched([...ready, next], reader, lifetime, endRow);
    }
    ready.push(settled.value);
    size += settled.value.byteLength;
  }
}

const NOTHING_YET = Promise.resolve(undefined);

type Next = Promise<ReadableStreamReadResult<Bytes>>;

/**
 * The stream of a reader, with which the call ends.
 *
 * @param begun what has been read, and what is being read
 */
function watched(
  begun: (Bytes | Next)[],
  reader: ReadableStreamDefaultReader<Bytes>,
  lifetime: CallLifetime,
  endRow: EndRow | undefined,
): ReadableStream<Bytes> {
  return new ReadableStream(
    {
      async pull(controller) {
        const next = begun.shift() ?? reader.read();
        if (next instanceof Uint8Array) return controller.enqueue(next);
        let {done, value} = await next;
        while (!done && hidesErrors(endRow, lifetime)) ({done, value} = await reader.read());
        if (!done) return controller.enqueue(value!);
        if (endRow) controller.enqueue(endRow(lifetime));
        lifetime.finish();
        controller.close();
      },
      cancel(reason) {
        lifetime.abort(reason ?? new DOMException('The client has gone away.', 'AbortError'));
        return reader.cancel(reason);
      },
    },
    {highWaterMark: 0},
  );
}
