import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {fileMemo} from '../sourcePlaces/fileMemo.ts';
import {projectRoot} from '../sourcePlaces/sources.ts';
import {transform, type Reference} from '../transform/index.ts';
import type {Place} from './record.ts';

/** What the source says of a server function. */
export interface FunctionFacts {
  place?: Place;
  /** Of captured variables. */
  captures: string[];
}

const MOST_FILES = 100;

/** @param id `$$id`: where it is a path, the file is read */
export function factsOf(id: string): FunctionFacts {
  const [path, name] = splitId(id);
  if (path === undefined || name === undefined) return {captures: []};
  const references = referencesOf(resolve(projectRoot(), path));
  const reference = references?.find(({exportName}) => exportName === name);
  if (!reference) return {captures: []};
  return {
    place: {file: path, line: reference.loc.start.line},
    captures: reference.details?.captures.map((capture) => capture.name) ?? [],
  };
}

/** `shop:src/actions.js#save`; ids that are hashed tell nothing. */
function splitId(id: string): [path?: string, name?: string] {
  const match = /^(?:[^/]*?(?:\/[^/:]*)?:)?([^#]+)#(.+)$/s.exec(id);
  return match ? [match[1]!, match[2]!] : [];
}

const referencesOf = fileMemo(MOST_FILES, (filename): Reference[] => {
  try {
    const source = readFileSync(filename, 'utf8');
    const options = {filename, root: projectRoot(), sourceMap: false, details: true};
    return transform(source, {...options, target: 'server'})?.serverReferences ?? [];
  } catch {
    return [];
  }
});
