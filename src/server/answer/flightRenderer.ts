import type {Bytes} from '../request/bytes.ts';
import type {CallLifetime} from '../scope/lifetime.ts';
import type {EndRow} from './endRow.ts';
import type {References} from './pacedSource.ts';

/**
 * The answer of a call in React's Flight format. All of it, where React has it ready at once and it is
 * small: that spares the server a stream. Otherwise a stream, which begins with what is ready.
 *
 * The call ends with it: when it is complete, or when nobody reads it any more. Streams and async
 * iterables in it are read as fast as the client reads, so that it is never much that waits.
 */
export type RenderFlight = (
  model: unknown,
  clientManifest: object,
  lifetime: CallLifetime,
  options: {
    temporaryReferences: References;
    onError: (error: unknown) => string;
    filterStackFrame?: () => boolean;
    /** For a client that asks how the answer ends. */
    endRow: EndRow | undefined;
  },
) => Promise<Bytes | ReadableStream<Bytes>>;
