import {ManifestReader} from './manifestReader.ts';
import {blockUntilBuilt} from './webpackBuild.ts';

/**
 * The entries of a manifest that changes while the server runs, for development.
 *
 * React asks for an entry while it renders, when nothing can be awaited. So where the needed one may be among
 * those that webpack is about to write, the process stands still.
 *
 * @param file absolute path of the manifest
 * @param read gives its entries
 * @returns gives the entries as they are now; `needed` is one that must be among them, if webpack has it
 * @throws {ManifestError} when the file is missing or malformed, and webpack is not about to write it
 */
export function liveEntries<Entries extends object>(
  file: string,
  read: () => Entries,
): (needed?: string) => Entries {
  const reader = new ManifestReader(file, read);
  return (needed) => {
    const entries = reader.manifest;
    if (entries && (needed === undefined || Object.hasOwn(entries, needed))) return entries;
    blockUntilBuilt(file);
    const {manifest} = reader;
    if (!manifest) throw reader.error;
    return manifest;
  };
}
