import {startTransition, use, useEffect, useState} from 'react';
import {hydrateRoot} from 'react-dom/client';
import {createFromFetch, createFromReadableStream} from 'react-server-dom-webpack/client';
import {rscStream} from 'rsc-html-stream/client';
import {onServerUpdate} from 'use-server-webpack-plugin/client';
import {callServer} from './callServer.js';

const firstPayload = createFromReadableStream(rscStream, {callServer});

function fetchPayload() {
  const headers = {Accept: 'text/x-component'};
  return createFromFetch(fetch(location.href, {headers}), {callServer});
}

function Root() {
  const [payload, setPayload] = useState(firstPayload);
  // In development only: the page is fetched again when its Server Components have changed.
  useEffect(() => onServerUpdate(() => startTransition(() => setPayload(fetchPayload()))), []);
  return use(payload).root;
}

const {formState} = await firstPayload;
startTransition(() => {
  hydrateRoot(document, <Root />, {formState});
});
