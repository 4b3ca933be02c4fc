// Starts the page in the browser: takes over the HTML that the server sent ("hydration"), and
// fetches the page anew after a server function has run.
import {startTransition, use, useEffect, useState} from 'react';
import {hydrateRoot} from 'react-dom/client';
import {createFromFetch, createFromReadableStream} from 'react-server-dom-webpack/client';
import {rscStream} from 'rsc-html-stream/client';
import type {Payload} from '../payload.ts';
import {callServer, onServerChange} from './callServer.ts';
import '../app/styles.css';

function Page({initial}: {initial: Promise<Payload>}) {
  const [payload, setPayload] = useState(initial);
  useEffect(
    () =>
      onServerChange(() => {
        const response = fetch(location.href, {headers: {Accept: 'text/x-component'}});
        // In a transition the old page stays until the new one is there.
        startTransition(() => setPayload(createFromFetch<Payload>(response, {callServer})));
      }),
    [],
  );
  return use(payload).root;
}

// The HTML holds the page a second time, as data.
const initial = createFromReadableStream<Payload>(rscStream, {callServer});
const {formState} = await initial;
startTransition(() => {
  hydrateRoot(document, <Page initial={initial} />, {formState});
});
