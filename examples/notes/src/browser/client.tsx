// Starts the page in the browser: takes over the HTML that the server sent ("hydration"), and
// fetches the page again after a server function has run.
import {startTransition, use, useEffect, useState} from 'react';
import {hydrateRoot} from 'react-dom/client';
import {createFromReadableStream} from 'react-server-dom-webpack/client';
import {rscStream} from 'rsc-html-stream/client';
import {onServerUpdate} from 'use-server-webpack-plugin/client';
import {withoutEnd, type Payload} from '../payload.ts';
import {callServer, onServerChange} from './callServer.ts';
// oxlint-disable-next-line import/no-unassigned-import -- webpack makes a file of it
import '../app/styles.css';

function Page({initial}: {initial: PromiseLike<Payload>}) {
  const [payload, setPayload] = useState(initial);
  useEffect(() => {
    const update = () => {
      const next = fetchPage();
      // In a transition the old page stays until the new one is there; for good, if none comes.
      startTransition(() => setPayload((current) => next.catch(() => current)));
    };
    onServerChange(update);
    // With `npm run dev` only: the server itself is another one.
    return onServerUpdate(update);
  }, []);
  return use(payload).root;
}

async function fetchPage(): Promise<Payload> {
  const response = await fetch(location.href, {headers: {Accept: 'text/x-component'}});
  if (!response.ok) throw new Error(`The page could not be fetched: status ${response.status}.`);
  return readPage(response.body!);
}

function readPage(stream: ReadableStream<Uint8Array>): PromiseLike<Payload> {
  return createFromReadableStream<Payload>(withoutEnd(stream), {callServer});
}

// The HTML holds the page a second time, as data.
const initial = readPage(rscStream);
const {formState} = await initial;
startTransition(() => {
  hydrateRoot(document, <Page initial={initial} />, {formState});
});
