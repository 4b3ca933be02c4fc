import {RequestError} from '../refusals.ts';
import {findListedFunction, type ServerFunction} from '../manifest/manifest.ts';
import {loadModule, type LoadableModule, type Namespace} from '../manifest/moduleShim.ts';
import type {ServerReference} from '../manifest/references.ts';
import {passedId} from './passedReferences.ts';

/** What a function that came with a request, and was captured, comes back as. */
export type RefersTo = (id: string, serverFunction: ServerFunction) => object;

/** A module of the app threw while it was loaded, which has nothing to do with the values. See `cause`. */
export class ModuleFailure extends Error {}

/**
 * Loads a server function that was captured.
 *
 * @param captured its id, as `encodePassed` gives it
 * @param refersTo in a request; elsewhere functions that came with one come back as the app's own do
 * @throws {ModuleFailure}
 * @throws Error when no manifest lists it
 */
export async function loadCaptured(
  captured: string,
  refersTo: RefersTo | undefined,
): Promise<ServerReference> {
  const passed = passedId(captured);
  const id = passed ?? captured;
  const module = findListedFunction(id);
  if (!module) {
    throw new Error(
      `The server function ${id} was captured, but is in no manifest that this process has loaded.`,
    );
  }
  const [own] = Object.values(await loadOwn(module)) as [ServerReference];
  return passed === undefined || !refersTo ? own : (refersTo(id, own) as ServerReference);
}

async function loadOwn(module: LoadableModule): Promise<Namespace> {
  try {
    return (await loadModule(module)).exports;
  } catch (cause) {
    throw cause instanceof RequestError ? cause : new ModuleFailure('', {cause});
  }
}
