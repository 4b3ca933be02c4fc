import {parsedBytes} from './bytes.ts';
import type {Incoming} from './incoming.ts';
import {inNextTurn} from '../platform/nextTurn.ts';
import type {NodeStream} from './nodeStream.ts';

/** How a body ended: it was there, the connection ended first, the time was over, or no more was wanted. */
export type BodyEnd = 'complete' | 'broken' | 'expired' | 'left';

/** Gets each piece as it arrives; gives whether more is wanted. */
type OnPiece = (piece: Uint8Array<ArrayBuffer>) => boolean;

type OnEnd = (how: BodyEnd) => void;

/** Receives until it is stopped, or has called `onEnd`. */
type Receiver = (onPiece: OnPiece, onEnd: OnEnd) => {stop(): void};

/**
 * Receives the body of a request, piece by piece. By callbacks, as a promise for each step would cost more
 * than the steps.
 *
 * @param timeout milliseconds for the whole body
 * @param onEnd called once
 */
export function receiveBody(
  incoming: Incoming,
  timeout: number,
  onPiece: OnPiece,
  onEnd: OnEnd,
): void {
  const receive = receiverOf(incoming);
  if (!receive) return onEnd('complete');
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const receiving = receive(onPiece, (how) => {
    isOver = true;
    clearTimeout(timer);
    onEnd(how);
  });
  // Most bodies come together with their head, and need no timer.
  inNextTurn(() => {
    if (isOver) return;
    timer = setTimeout(() => {
      receiving.stop();
      onEnd('expired');
    }, timeout);
  });
}

/** `undefined` when there is no body. */
function receiverOf(incoming: Incoming): Receiver | undefined {
  const {parsedBody, bodyStream} = incoming;
  if (parsedBody !== undefined) return fromParsed(parsedBody);
  if (bodyStream) return fromNode(bodyStream);
  const {body} = incoming.request;
  return body ? fromWeb(body) : undefined;
}

/** What a body parser in front has left: a text that it has decoded, or the bytes. */
function fromParsed(body: string | Uint8Array): Receiver {
  return (onPiece, onEnd) => {
    onEnd(onPiece(parsedBytes(body)) ? 'complete' : 'left');
    return {stop() {}};
  };
}

function fromNode(stream: NodeStream): Receiver {
  return (onPiece, onEnd) => {
    const stop = () => {
      stream.off('data', onData);
      stream.off('end', onComplete);
      stream.off('error', onBroken);
      stream.off('close', onBroken);
    };
    const leave = () => {
      stop();
      stream.pause();
    };
    const onData = (piece: Uint8Array<ArrayBuffer>) => {
      if (onPiece(piece)) return;
      leave();
      onEnd('left');
    };
    const onComplete = () => {
      stop();
      onEnd('complete');
    };
    const onBroken = () => {
      stop();
      onEnd('broken');
    };
    stream.on('error', onBroken);
    stream.on('close', onBroken);
    stream.on('end', onComplete);
    stream.on('data', onData);
    return {stop: leave};
  };
}

/**
 * The stream is never cancelled. On what `Readable.toWeb()` makes of a request of Node, the next data
 * after that is an uncaught exception, which ends the process.
 */
function fromWeb(body: ReadableStream<Uint8Array<ArrayBuffer>>): Receiver {
  return (onPiece, onEnd) => {
    const reader = body.getReader();
    let stopped = false;
    const receive = async (): Promise<BodyEnd> => {
      for (;;) {
        const {done, value} = await reader.read();
        if (done) return 'complete';
        if (stopped || !onPiece(value)) return 'left';
      }
    };
    receive().then(onEnd, () => onEnd('broken'));
    return {
      stop() {
        stopped = true;
      },
    };
  };
}
