import * as react from 'react-server-dom-webpack/server';
import type {Bytes} from '../request/bytes.ts';
import type {CallLifetime} from '../scope/lifetime.ts';
import type {EndRow} from './endRow.ts';
import {renderPiped, type RenderToPipeableStream} from './pipedFlight.ts';
import {renderReadable} from './readableFlight.ts';
import type {TemporaryReferences} from '../decode/temporaryReferences.ts';

/** Bytes; more than this is sent piece by piece, so that it is not copied. */
export const MAX_WHOLE = 64 * 1024;

/**
 * The answer of a call in React's Flight format. All of it, where React has it ready at once and it is
 * small: that spares the server a stream. Otherwise a stream, which begins with what is ready.
 *
 * The call ends with it: when it is complete, or when nobody reads it any more.
 */
export type RenderFlight = (
  model: unknown,
  clientManifest: object,
  lifetime: CallLifetime,
  options: {
    temporaryReferences: TemporaryReferences;
    onError: (error: unknown) => string;
    filterStackFrame?: () => boolean;
    /** For a client that asks how the answer ends. */
    endRow: EndRow | undefined;
  },
) => Promise<Bytes | ReadableStream<Bytes>>;

/** Only React's build for Node has it. Bundlers would warn of its absence if it were imported by name. */
const renderToPipeableStream = Reflect.get(react, 'renderToPipeableStream') as
  RenderToPipeableStream | undefined;

export const renderFlight: RenderFlight = renderToPipeableStream
  ? renderPiped(renderToPipeableStream)
  : renderReadable;
