import {readdirSync, readFileSync, statSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';

const NODE_MODULES = fileURLToPath(new URL('../../../../node_modules/', import.meta.url));
const ALL = 'all';
const SOURCE = /(?<!\.d)\.[cm]?[jt]sx?$/;
const LARGEST = 300_000;

export interface PublishedFile {
  /** Relative to the directory that was searched. */
  name: string;
  source: string;
}

/**
 * The JavaScript and TypeScript that other people have published in `node_modules`: all of it when
 * `TEST_PUBLISHED_CODE=all`, all below another directory when the variable names one, otherwise every
 * n-th file, so that each package has its share and every run has the same ones.
 *
 * @param sample how many files there are in a run that is not of all
 */
export function* publishedFiles(sample: number): Iterable<PublishedFile> {
  const wanted = process.env['TEST_PUBLISHED_CODE'];
  const directory = wanted && wanted !== ALL ? wanted : NODE_MODULES;
  const names = listSources(directory).sort();
  const step = wanted ? 1 : Math.max(1, names.length / sample);
  for (let i = 0; i < names.length; i += step) {
    const name = names[Math.floor(i)]!;
    yield {name: relative(directory, name), source: readFileSync(name, 'utf8')};
  }
}

function listSources(directory: string): string[] {
  return readdirSync(directory, {withFileTypes: true}).flatMap((entry) => {
    const path = join(directory, entry.name);
    // Links lead to packages of this repository, which are not published code.
    if (entry.isSymbolicLink() || entry.name === '.cache') return [];
    if (entry.isDirectory()) return listSources(path);
    return SOURCE.test(path) && statSync(path).size <= LARGEST ? [path] : [];
  });
}
