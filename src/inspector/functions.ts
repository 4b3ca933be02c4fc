import {readFileSync, statSync} from 'node:fs';
import {resolve} from 'node:path';
import {transform} from '../transform/index.ts';
import type {TransformResult} from '../transform/types.ts';
import {projectRoot} from '../sourcePlaces/sources.ts';
import type {Place} from './record.ts';

/** What the source says of a server function. */
export interface FunctionFacts {
  place?: Place;
  /** Of captured variables. */
  captures: string[];
}

const MOST_FILES = 100;
const known = new Map<string, {stamp: string; result: TransformResult | null}>();

/** @param id `$$id`: where it is a path, the file is read */
export function factsOf(id: string): FunctionFacts {
  const [path, name] = splitId(id);
  if (path === undefined || name === undefined) return {captures: []};
  const result = compiled(resolve(projectRoot(), path));
  const reference = result?.serverReferences.find(({exportName}) => exportName === name);
  if (!result || !reference) return {captures: []};
  return {
    place: {file: path, line: reference.loc.start.line},
    captures: captureNames(result.code, name),
  };
}

/** `shop:src/actions.js#save`; ids that are hashed tell nothing. */
function splitId(id: string): [path?: string, name?: string] {
  const match = /^(?:[^/]*?(?:\/[^/:]*)?:)?([^#]+)#(.+)$/s.exec(id);
  return match ? [match[1]!, match[2]!] : [];
}

function compiled(filename: string): TransformResult | null {
  const stats = statSync(filename, {throwIfNoEntry: false});
  if (!stats?.isFile()) return null;
  const stamp = `${stats.mtimeMs} ${stats.size}`;
  const before = known.get(filename);
  if (before?.stamp === stamp) return before.result;
  const result = compile(filename);
  if (known.size >= MOST_FILES) known.delete(known.keys().next().value!);
  known.set(filename, {stamp, result});
  return result;
}

function compile(filename: string): TransformResult | null {
  try {
    const source = readFileSync(filename, 'utf8');
    return transform(source, {filename, root: projectRoot(), target: 'server', sourceMap: false});
  } catch {
    return null;
  }
}

/** The compiler hands them to `registerInlineFunction`, behind the hash of the captures. */
function captureNames(code: string, exportName: string): string[] {
  const name = JSON.stringify(exportName).replaceAll('$', String.raw`\$`);
  const match = new RegExp(
    String.raw`, ${name}, (?:(?!, ${name}, ).)*?"[\da-f]{8}", "([^"]*)"\)`,
  ).exec(code);
  return match ? match[1]!.split(',') : [];
}
