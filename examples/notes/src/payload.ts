import type {ReactNode} from 'react';
import type {ReactFormState} from 'react-dom/client';

/** What the server sends for a page: as a stream of React's own format, "Flight". */
export interface Payload {
  root: ReactNode;
  /** The result of a form that was posted without JavaScript: for the `useActionState` of that form. */
  formState: ReactFormState | null;
  /** When its notes were read: of two pages, one is newer. */
  readAt: Promise<number>;
}

/**
 * server.ts keeps back what React's development build tells its DevTools. When the stream ends, React
 * in the browser takes that for a broken stream; so in development it does not see the end.
 */
export function withoutEnd(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  if (process.env.NODE_ENV === 'production') return stream;
  const reader = stream.getReader();
  return new ReadableStream({
    async pull(controller) {
      const {done, value} = await reader.read();
      if (!done) controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
