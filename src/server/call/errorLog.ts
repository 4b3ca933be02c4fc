import {sealedShape} from '../captures/sealedExports.ts';
import {loadErrorReports, type ErrorReports} from '../development/errorReports.ts';
import {ID_HEADER} from '../../references/protocol.ts';
import {RequestError} from '../refusals.ts';
import type {EnteredFunction} from './entry.ts';
import {createRefusalLog} from './refusalLog.ts';
import type {ErrorContext, ErrorListener} from './reportError.ts';

/** The default of `onError`: a line for each error, and in development all that is known of it. */
export function createErrorLog(): ErrorListener {
  const plain = createPlainLog();
  const reports = loadErrorReports();
  if (!reports) return plain;
  const developmentLog = reports.then((loaded) => (loaded ? createDevelopmentLog(loaded) : plain));
  return (...report) => void developmentLog.then((log) => log(...report));
}

function createPlainLog(): ErrorListener {
  const logRefusal = createRefusalLog((line) => console.warn(line));
  return (error, {id, digest}) => {
    if (error instanceof RequestError) logRefusal(error);
    else console.error(`Server function ${id} failed (digest ${digest}):`, error);
  };
}

function createDevelopmentLog({createRefusalReports, reportFailure}: ErrorReports): ErrorListener {
  const reportRefusal = createRefusalReports();
  return (error, context, called) => {
    const {id, digest} = context;
    if (error instanceof RequestError) reportRefusal(error, id ?? askedFor(context));
    else reportFailure({error, id, digest, call: called && withoutToken(called)});
  };
}

/** What a request names that the manifest does not list. */
function askedFor({request}: ErrorContext): string | undefined {
  const sent = request.headers.get(ID_HEADER);
  try {
    return sent === null ? undefined : decodeURIComponent(sent);
  } catch {
    return sent!;
  }
}

/** What the author of the function wrote that it is called with. */
export function withoutToken({serverFunction, args}: EnteredFunction) {
  return {serverFunction, args: sealedShape(serverFunction) === undefined ? args : args.slice(1)};
}
