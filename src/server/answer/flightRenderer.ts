import type {CallLifetime} from '../scope/lifetime.ts';
import type {EndRow} from './endRow.ts';
import type {References} from './pacedSource.ts';
import type {UnreadAnswer} from './unreadAnswer.ts';

/**
 * The answer of a call in React's Flight format, which holds what is ready at once: often all of it.
 *
 * The call ends with it: when it is complete, or when it is not read any more. Streams and async
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
) => UnreadAnswer;
