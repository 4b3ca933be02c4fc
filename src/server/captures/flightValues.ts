import {createFromReadableStream} from 'react-server-dom-webpack/client.edge';
import {registerClientReference, renderToReadableStream} from 'react-server-dom-webpack/server';
import type {ManifestEntry} from '../../references/manifests.ts';
import {RequestError} from '../refusals.ts';
import {findListedFunction, type ServerFunction} from '../manifest/manifest.ts';
import {
  installModuleShim,
  lazyModule,
  loadModule,
  presentModule,
  type LoadableModule,
  type Namespace,
} from '../manifest/moduleShim.ts';
import {encodePassed, passedId} from './passedReferences.ts';
import {withRealPromises} from './realPromises.ts';

/*
 * Values as Flight bytes and back, both in the server graph: what a Server Component holds comes back
 * as a Server Component would hold it. A client reference comes back as a client reference, a server
 * reference as a server reference, bound arguments included.
 */

/**
 * Everything that React can send to the client, promises awaited.
 *
 * @throws the first error of React for a value that it cannot send
 */
export async function encodeValues(values: unknown[]): Promise<Uint8Array<ArrayBuffer>> {
  const errors: unknown[] = [];
  const stream = encodePassed(() =>
    renderToReadableStream(values, everyClientReference, {
      onError: (error) => void errors.push(error),
      // Stack frames of development builds would travel with every value.
      filterStackFrame: () => false,
    }),
  );
  const bytes = new Uint8Array(await new Response(stream as BodyInit).arrayBuffer());
  if (errors.length > 0) throw errors[0];
  return bytes;
}

/** What a function that came with a request, and was captured, comes back as. */
export type RefersTo = (id: string, serverFunction: ServerFunction) => object;

/**
 * The values of {@link encodeValues}. The bytes must be trusted: they name functions to load.
 *
 * @param refersTo in a request; elsewhere such functions come back as the app's own do
 * @throws {ModuleFailure}
 * @throws an error of React's, or of ours, for what this build cannot read
 */
export async function decodeValues(bytes: Uint8Array, refersTo?: RefersTo): Promise<unknown[]> {
  installModuleShim();
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  const values = await createFromReadableStream(stream, {
    serverConsumerManifest: {
      moduleMap: everyClientModule,
      serverModuleMap: refersTo ? serverFunctions(refersTo) : everyServerFunction,
      moduleLoading: null,
    },
  });
  return withRealPromises(values) as unknown[];
}

/** Client manifest that has every reference: its key is what travels. */
const everyClientReference = lookup((id): ManifestEntry => ({
  id,
  chunks: [],
  name: '*',
  async: true,
}));

/**
 * Consumer manifest that makes client references again. The module is not loaded: a reference is
 * nothing but its id, and React compares client references by that.
 */
const everyClientModule = lookup((id) => {
  const separator = id.lastIndexOf('#');
  const reference = registerClientReference(
    () => {
      throw new Error(
        `${id} is a client component: it can be rendered, not called, on the server.`,
      );
    },
    id.slice(0, separator),
    id.slice(separator + 1),
  );
  return {'*': {id: presentModule({reference}), chunks: [], name: 'reference'}};
});

const serverFunctions = (refersTo: RefersTo) =>
  lookup((captured) => {
    const passed = passedId(captured);
    const id = passed ?? captured;
    const module = findListedFunction(id);
    if (!module) {
      throw new Error(
        `The server function ${id} was captured, but is in no manifest that this process has loaded.`,
      );
    }
    const make = (own: ServerReference) =>
      passed === undefined ? own : (refersTo(id, own) as ServerReference);
    return {id: guarded(module, make), chunks: [], name: 'reference', async: true};
  });

const everyServerFunction = serverFunctions((_id, own) => own);

/**
 * A module whose `reference` is a new {@link guard} at each read, so that what React's client decoder
 * writes on the function it gets never reaches the user's own.
 */
function guarded(
  module: LoadableModule,
  make: (own: ServerReference) => ServerReference,
): LoadableModule {
  return lazyModule(async () => {
    const [own] = Object.values(await loadOwn(module)) as [ServerReference];
    const reference = make(own);
    return {exports: Object.defineProperty({}, 'reference', {get: () => guard(reference)})};
  });
}

/** A module of the app threw while it was loaded, which has nothing to do with the values. See `cause`. */
export class ModuleFailure extends Error {}

async function loadOwn(module: LoadableModule): Promise<Namespace> {
  try {
    return (await loadModule(module)).exports;
  } catch (cause) {
    throw cause instanceof RequestError ? cause : new ModuleFailure('', {cause});
  }
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
