// Starts the page in the browser: takes over the HTML that the server sent ("hydration"), and shows
// the new page when a call brings one.
import {startTransition, use, useEffect, useState} from 'react';
import {hydrateRoot} from 'react-dom/client';
import {createFromReadableStream} from 'react-server-dom-webpack/client';
import {rscStream} from 'rsc-html-stream/client';
import {LastResort} from '../app/LastResort.tsx';
import {restoreTyped} from '../app/typedText.ts';
import type {Payload} from '../payload.ts';
import {callServer, onPage} from './callServer.ts';
import {isGivenUp} from './failedCalls.ts';
// oxlint-disable-next-line import/no-unassigned-import -- webpack makes a file of it
import '../app/styles.css';

// The HTML holds the page a second time, as data.
const initial = createFromReadableStream<Payload>(rscStream, {callServer});
/** The last page that has been shown whole: the next one may break off while it arrives. */
let shown: PromiseLike<Payload> = initial;

function Page() {
  const [payload, setPayload] = useState(shown);
  useEffect(() => {
    // In a transition the old page stays until the new one is there.
    onPage((page) => startTransition(() => setPayload(page)));
    restoreTyped();
  }, []);
  useEffect(() => {
    shown = payload;
  }, [payload]);
  return use(payload).root;
}

// People who gave a call up know that it failed. An event handler need not catch it for that.
addEventListener('unhandledrejection', (event) => {
  if (isGivenUp(event.reason)) event.preventDefault();
});

const {formState} = await initial;
startTransition(() => {
  hydrateRoot(
    document,
    <LastResort>
      <Page />
    </LastResort>,
    {formState},
  );
});
