// Starts the page in the browser: takes over the HTML that the server sent ("hydration"), and shows
// the new page when a call brings one.
import {startTransition, use, useEffect, useState} from 'react';
import {hydrateRoot} from 'react-dom/client';
import {createFromReadableStream} from 'react-server-dom-webpack/client';
import {rscStream} from 'rsc-html-stream/client';
import {onServerUpdate} from 'use-server-webpack-plugin/client';
import {RootErrorBoundary} from '../app/RootErrorBoundary.tsx';
import {withoutEnd, type Payload} from '../payload.ts';
import {callServer} from './callServer.ts';
import {setPageView} from './pages.ts';
// oxlint-disable-next-line import/no-unassigned-import -- webpack makes a file of it
import '../app/styles.css';

function Page({initial}: {initial: PromiseLike<Payload>}) {
  const [payload, setPayload] = useState(initial);
  useEffect(() => {
    // In a transition the old page stays until the new one is there.
    const show = (next: PromiseLike<Payload>) =>
      startTransition(() => setPayload((shown) => newerOf(shown, next)));
    const refresh = () => show(fetchPage());
    const stops = [
      setPageView({show, refresh}),
      // With `npm run dev` only: the server itself is another one.
      onServerUpdate(refresh),
    ];
    return () => stops.forEach((stop) => stop());
  }, []);
  return use(payload).root;
}

/** Of two calls at once, the page of the first one may arrive last. */
async function newerOf(shown: PromiseLike<Payload>, next: PromiseLike<Payload>): Promise<Payload> {
  try {
    const [before, after] = await Promise.all([shown, next]);
    const [readBefore, readAfter] = await Promise.all([before.readAt, after.readAt]);
    return readAfter < readBefore ? before : after;
  } catch {
    // It did not arrive: the page stays as it is.
    return shown;
  }
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
let initial = readPage(rscStream);
let formState: Payload['formState'] = null;
try {
  ({formState} = await initial);
} catch {
  // It broke off on its way.
  initial = fetchPage();
}
startTransition(() => {
  hydrateRoot(
    document,
    <RootErrorBoundary>
      <Page initial={initial} />
    </RootErrorBoundary>,
    {formState},
  );
});
