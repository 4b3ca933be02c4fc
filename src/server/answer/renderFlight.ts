import * as react from 'react-server-dom-webpack/server';
import type {RenderFlight} from './flightRenderer.ts';
import {renderPiped, type RenderToPipeableStream} from './pipedFlight.ts';
import {renderReadable} from './readableFlight.ts';

/** Only React's build for Node has it. Bundlers would warn of its absence if it were imported by name. */
const renderToPipeableStream = Reflect.get(react, 'renderToPipeableStream') as
  RenderToPipeableStream | undefined;

export const renderFlight: RenderFlight = renderToPipeableStream
  ? renderPiped(renderToPipeableStream)
  : renderReadable;
