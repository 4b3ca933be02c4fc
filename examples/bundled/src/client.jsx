import {startTransition, use} from 'react';
import {hydrateRoot} from 'react-dom/client';
import {createFromReadableStream} from 'react-server-dom-webpack/client';
import {rscStream} from 'rsc-html-stream/client';
import {callServer} from 'use-server-webpack-plugin/client';

const payload = createFromReadableStream(rscStream, {callServer});

function Root() {
  return use(payload).root;
}

const {formState} = await payload;
startTransition(() => {
  hydrateRoot(document, <Root />, {formState});
});
