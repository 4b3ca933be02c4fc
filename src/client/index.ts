import * as flight from 'react-server-dom-webpack/client';
import {createCallServer, type CallServer} from './createCallServer.ts';

export {createCallServer, type CallServer, type CallServerOptions} from './createCallServer.ts';
export {ServerFunctionRequestError, UnknownServerFunctionError} from './errors.ts';
export {findSourceMapURL} from './findSourceMapURL.ts';

/** React's own: what stands in the place of a server function in the browser and during SSR. */
export const createServerReference: (
  id: string,
  callServer: CallServer,
  encodeFormAction?: undefined,
  findSourceMapURL?: undefined,
  functionName?: string,
) => (...args: any[]) => Promise<any> = flight.createServerReference;

/** Calls server functions at the default endpoint, `/rsc-action`. */
export const callServer: CallServer = createCallServer();
