import {lazy} from 'react';
import {createFromReadableStream} from 'react-server-dom-webpack/client.edge';
import {renderToReadableStream} from 'react-server-dom-webpack/server';
import type {ManifestEntry} from '../../references/manifests.ts';
import {findClientReference} from '../manifest/clientReferences.ts';
import {installModuleShim, lazyModule, presentModule} from '../manifest/moduleShim.ts';
import {encodePassed} from './passedReferences.ts';

/*
 * An element of a Server Component travels as what it renders, in Flight's bytes: the component is a
 * function, and may be known nowhere but where the element was made.
 */

/**
 * Renders an element to Flight's bytes.
 *
 * @param signal ends what has not been rendered until then
 * @throws the first error of React, or of the component; the reason of the signal
 */
export async function renderElement(element: object, signal: AbortSignal): Promise<ArrayBuffer> {
  const errors: unknown[] = [];
  const stream = encodePassed(() =>
    renderToReadableStream(element, everyClientReference, {
      onError: (error) => void errors.push(error),
      signal,
      // Stack frames of development builds would travel with every value.
      filterStackFrame: () => false,
    }),
  );
  const bytes = await new Response(stream as BodyInit).arrayBuffer();
  if (errors.length > 0) throw errors[0];
  return bytes;
}

/** Gives a server function that Flight's bytes name. */
export type LoadReference = (id: string) => Promise<ServerReference>;

/**
 * Makes a node that renders what {@link renderElement} has rendered. The bytes must be trusted.
 *
 * @returns an object on which what the element was cannot be read
 */
export function renderedNode(bytes: ArrayBuffer, load: LoadReference): object {
  const node = lazy(async () => ({default: (await readElement(bytes, load)) as never}));
  for (const key of ['type', 'props', 'key', 'ref']) {
    const get = () => {
      throw new Error(
        `This element was captured by a server function, and is one of a Server Component: it travels as what it renders. It can be rendered, but its "${key}" is not known here.`,
      );
    };
    Object.defineProperty(node, key, {get, configurable: true});
  }
  return node;
}

async function readElement(bytes: ArrayBuffer, load: LoadReference): Promise<unknown> {
  installModuleShim();
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(bytes));
      controller.close();
    },
  });
  return createFromReadableStream(stream, {
    serverConsumerManifest: {
      moduleMap: everyClientModule,
      serverModuleMap: lookup((id) => ({
        id: guarded(id, load),
        chunks: [],
        name: 'reference',
        async: true,
      })),
      moduleLoading: null,
    },
  });
}

/** Client manifest that has every reference: its key is what travels. */
const everyClientReference = lookup((id): ManifestEntry => ({
  id,
  chunks: [],
  name: '*',
  async: true,
}));

/** Consumer manifest that gives client references again. */
const everyClientModule = lookup((id) => {
  const module = presentModule({reference: findClientReference(id, false)});
  return {'*': {id: module, chunks: [], name: 'reference'}};
});

/**
 * A module whose `reference` is a new {@link guard} at each read, so that what React's client decoder
 * writes on the function it gets never reaches that of the app.
 */
function guarded(id: string, load: LoadReference) {
  return lazyModule(async () => {
    const reference = await load(id);
    return {exports: Object.defineProperty({}, 'reference', {get: () => guard(reference)})};
  });
}

interface ServerReference {
  (...args: unknown[]): unknown;
  bind(thisArgument: unknown, ...args: unknown[]): ServerReference;
}

/** What React's client decoder defines on every reference that it resolves. */
const CLIENT_PROPERTIES = new Set<string | symbol>([
  '$$FORM_ACTION',
  '$$IS_SIGNATURE_EQUAL',
  'bind',
]);

/** The same server reference, on which the properties of client references do not stick. */
function guard(reference: ServerReference): ServerReference {
  return new Proxy(reference, {
    defineProperty: (target, key, descriptor) =>
      CLIENT_PROPERTIES.has(key) || Reflect.defineProperty(target, key, descriptor),
    get: (target, key) =>
      key === 'bind'
        ? (...args: [unknown, ...unknown[]]) => guard(target.bind(...args))
        : Reflect.get(target, key),
  });
}

/** React looks things up by index only. */
function lookup<T>(find: (id: string) => T): Record<string, T> {
  return new Proxy(Object.create(null), {get: (_, id) => find(id as string)});
}
