/** How a body ended: it was there, the connection ended first, the time was over, or no more was wanted. */
export type BodyEnd = 'complete' | 'broken' | 'expired' | 'left';

/** Gets each piece as it arrives; gives whether more is wanted. */
type OnPiece = (piece: Uint8Array<ArrayBuffer>) => boolean;

type OnEnd = (how: BodyEnd) => void;

/** Receives until it is stopped, or has called `onEnd`. */
type Receiver = (onPiece: OnPiece, onEnd: OnEnd) => {stop(): void};

/**
 * Receives the body of a request, piece by piece.
 *
 * @param timeout milliseconds for the whole body
 */
export function receiveBody(request: Request, onPiece: OnPiece, timeout: number): Promise<BodyEnd> {
  const receive = receiverOf(request);
  if (!receive) return Promise.resolve('complete');
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      receiving.stop();
      resolve('expired');
    }, timeout);
    const receiving = receive(onPiece, (how) => {
      clearTimeout(timer);
      resolve(how);
    });
  });
}

/** `undefined` when there is no body. */
function receiverOf(request: Request): Receiver | undefined {
  const stream = nodeStream(request);
  if (stream) return fromNode(stream);
  return request.body ? fromWeb(request.body) : undefined;
}

/** What is used here of Node's `IncomingMessage`. */
interface NodeStream {
  /** `null` until somebody reads it: https://nodejs.org/api/stream.html#readablereadableflowing */
  readableFlowing: boolean | null;
  readableEnded: boolean;
  destroyed: boolean;
  on(event: string, listener: (...args: any[]) => void): unknown;
  off(event: string, listener: (...args: any[]) => void): unknown;
  pause(): unknown;
}

/**
 * The stream of Node behind a request of srvx, which gives it as `runtime.node.req`, when nobody has
 * touched the body before. To make a web stream of it takes longer than all the checks of a call.
 */
function nodeStream(request: Request): NodeStream | undefined {
  const {runtime} = request as {runtime?: {node?: {req?: NodeStream}}};
  const stream = runtime?.node?.req;
  if (typeof stream?.on !== 'function' || request.bodyUsed) return undefined;
  const isUntouched = stream.readableFlowing === null && !stream.readableEnded && !stream.destroyed;
  // Some hosts have read the body already, and leave it there.
  return isUntouched && !('rawBody' in stream) ? stream : undefined;
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
