'use client';
import {useEffect, useState} from 'react';
import {
  ServerFunctionNetworkError,
  ServerFunctionNotFoundError,
  UnknownServerFunctionError,
  type ServerFunctionRequestError,
} from 'use-server-webpack-plugin/client';
import {onFailure} from '../browser/callServer.ts';

/** Calls that did not reach their function, whichever component made them. */
export function FailureNotice() {
  const [text, setText] = useState<string>();
  useEffect(() => onFailure((error) => setText(describe(error))), []);
  if (!text) return null;
  return (
    <div className="notice" role="alert">
      <p>{text}</p>
      <button className="quiet" onClick={() => setText(undefined)}>
        Close
      </button>
    </div>
  );
}

function describe(error: ServerFunctionRequestError): string | undefined {
  // The page of that pattern says it itself.
  if (error instanceof ServerFunctionNotFoundError) return undefined;
  if (error instanceof ServerFunctionNetworkError) return 'The server cannot be reached.';
  if (error instanceof UnknownServerFunctionError) {
    return 'This page is of another build. Please reload it.';
  }
  return `The server refused the call: ${error.code}.`;
}
