// Starts the page in the browser: takes over the HTML that the server sent ("hydration"), and shows
// the new page when a call brings one.
import {startTransition, use, useEffect, useState} from 'react';
import {hydrateRoot} from 'react-dom/client';
import {createFromReadableStream} from 'react-server-dom-webpack/client';
import {rscStream} from 'rsc-html-stream/client';
import type {Payload} from '../payload.ts';
import {callServer, onPage} from './callServer.ts';
// oxlint-disable-next-line import/no-unassigned-import -- webpack makes a file of it
import '../app/styles.css';

function Page({initial}: {initial: PromiseLike<Payload>}) {
  const [payload, setPayload] = useState(initial);
  // In a transition the old page stays until the new one is there.
  useEffect(() => onPage((page) => startTransition(() => setPayload(page))), []);
  return use(payload).root;
}

// The HTML holds the page a second time, as data.
const initial = createFromReadableStream<Payload>(rscStream, {callServer});
const {formState} = await initial;
startTransition(() => {
  hydrateRoot(document, <Page initial={initial} />, {formState});
});
