import type {Answer} from '../answer/answer.ts';
import {UnreadAnswer} from '../answer/unreadAnswer.ts';
import type {NodeIncoming} from '../request/nodeIncoming.ts';
import {addCookies, setHeaders, type NodeResponse} from './nodeResponse.ts';

/**
 * Writes an answer by the methods that middleware replaces, so that sessions are saved, and compression
 * and other headers apply.
 *
 * @returns when all of it has been handed over, or the client is gone
 */
export function writeAnswer(
  {status, headers, cookies = [], body}: Answer,
  response: NodeResponse,
  incoming: NodeIncoming,
): Promise<void> | undefined {
  if (response.headersSent) {
    // The app has begun a page that cannot be finished, or something else has answered meanwhile.
    if (body instanceof UnreadAnswer) body.cancel(answeredAlready());
    if (!response.writableEnded) response.destroy();
    return undefined;
  }
  response.statusCode = status;
  setHeaders(response, headers, incoming.isHttp2);
  addCookies(response, cookies);
  if (!(body instanceof UnreadAnswer)) {
    // Without arguments where there is no body: compression and sessions take a first one for it.
    if (body === undefined) response.end();
    else response.end(body);
    return undefined;
  }
  const whole = body.whole();
  if (!whole) return pipe(body, response, incoming);
  response.end(whole);
  return undefined;
}

/** Writes as fast as the client reads. It rejects with what the response throws, which middleware may replace. */
function pipe(unread: UnreadAnswer, response: NodeResponse, incoming: NodeIncoming): Promise<void> {
  return new Promise((resolve, reject) => {
    let isOpen = true;
    const onClose = () => {
      if (!isOpen) return;
      isOpen = false;
      const reason = incoming.leaveReason();
      if (reason !== undefined) unread.cancel(reason);
      resolve();
    };
    if (incoming.leaveReason() !== undefined) return onClose();
    response.on('close', onClose);
    incoming.onLeave(onClose);
    unread.begin();
    let isFull = false;
    const write = () => {
      if (!isOpen || isFull) return;
      try {
        isFull = !writeReady(unread, response, write);
      } catch (error) {
        isOpen = false;
        unread.cancel(error);
        reject(error);
      }
    };
    // Once for all: compression middleware would keep every listener of its own `drain`.
    response.on('drain', () => {
      isFull = false;
      write();
    });
    write();
  });
}

/**
 * @param onMore called when there is more, if there is no more now
 * @returns whether the response takes more: no when its client has to read first
 */
function writeReady(unread: UnreadAnswer, response: NodeResponse, onMore: () => void): boolean {
  for (;;) {
    const piece = next(unread, onMore);
    if (piece instanceof Uint8Array) {
      if (response.write(piece)) continue;
      response.flush?.();
      return false;
    }
    if (piece === 'end') response.end();
    // What has been sent so far must not look complete.
    else if (piece === 'failed') response.destroy();
    else response.flush?.();
    return true;
  }
}

function next(unread: UnreadAnswer, onReady: () => void) {
  try {
    return unread.read(onReady);
  } catch {
    return 'failed';
  }
}

function answeredAlready(): DOMException {
  return new DOMException('Something else has answered the request.', 'AbortError');
}
