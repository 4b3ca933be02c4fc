import type {Compilation} from 'webpack';
import type {ServerManifest} from '../../references/manifests.ts';
import {getCompilationHooks} from '../hooks.ts';
import {plainError} from '../plainError.ts';

/**
 * Gives the manifest of a bundled server to other plugins.
 *
 * The bundle was made before, with a list of its own of what can be called. A manifest that names other
 * functions would be untrue, so that is an error of the build.
 *
 * @returns what is to be written
 */
export function callServerManifestHook(
  compilation: Compilation,
  manifest: ServerManifest,
): ServerManifest {
  const hooked = getCompilationHooks(compilation).serverManifest.call(manifest);
  const missing = Object.keys(manifest).find((id) => !Object.hasOwn(hooked, id));
  const added = Object.keys(hooked).find((id) => !Object.hasOwn(manifest, id));
  if (missing !== undefined || added !== undefined) {
    const what = missing === undefined ? `adds ${added}` : `leaves ${missing} out`;
    compilation.errors.push(
      plainError(
        compilation.compiler.webpack,
        `A plugin changes the server manifest with the hook serverManifest: it ${what}. The server bundle has its own list of what can be called, which no file changes. Return all ids and no others.`,
      ),
    );
  }
  return hooked;
}
