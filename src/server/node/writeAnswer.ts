import type {Answer} from '../answer/answer.ts';
import {UnreadAnswer} from '../answer/unreadAnswer.ts';
import {clientGone} from '../request/incoming.ts';
import {addCookies, type NodeResponse} from './nodeResponse.ts';

/**
 * Writes an answer by the methods that middleware replaces, so that sessions are saved, and compression
 * and other headers apply.
 *
 * @param isHttp2 where the header `Connection` does not exist
 * @returns when all of it has been handed over, or the client is gone
 */
export function writeAnswer(
  {status, headers, cookies = [], body}: Answer,
  response: NodeResponse,
  isHttp2: boolean,
): Promise<void> | undefined {
  if (response.headersSent) {
    // The app has begun a page that cannot be finished.
    if (!response.writableFinished) response.destroy();
    return undefined;
  }
  response.statusCode = status;
  for (const name of Object.keys(headers)) {
    if (!isHttp2 || name !== 'Connection') response.setHeader(name, headers[name]!);
  }
  addCookies(response, cookies);
  if (!(body instanceof UnreadAnswer)) {
    // Without arguments where there is no body: compression and sessions take a first one for it.
    if (body === undefined) response.end();
    else response.end(body);
    return undefined;
  }
  const whole = body.whole();
  if (!whole) return pipe(body, response);
  response.end(whole);
  return undefined;
}

/** Writes as fast as the client reads. */
function pipe(unread: UnreadAnswer, response: NodeResponse): Promise<void> {
  return new Promise((resolve) => {
    let isOpen = true;
    const onClose = () => {
      isOpen = false;
      if (!response.writableFinished) unread.cancel(clientGone());
      resolve();
    };
    if (response.destroyed) return onClose();
    response.once('close', onClose);
    unread.begin();
    const write = () => {
      if (isOpen) writeReady(unread, response, write);
    };
    write();
  });
}

/** @param goOn writes again, when there is more or the client has read */
function writeReady(unread: UnreadAnswer, response: NodeResponse, goOn: () => void): void {
  for (;;) {
    const piece = next(unread, goOn);
    if (piece === 'end') return void response.end();
    // What has been sent so far must not look complete.
    if (piece === 'failed') return void response.destroy();
    if (piece === undefined) return response.flush?.();
    if (!response.write(piece)) {
      response.flush?.();
      return void response.once('drain', goOn);
    }
  }
}

function next(unread: UnreadAnswer, onReady: () => void) {
  try {
    return unread.read(onReady);
  } catch {
    return 'failed';
  }
}
