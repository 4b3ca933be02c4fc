import {groupBy} from '../groupBy.ts';
import type {Report, ReportedModule} from '../report.ts';

/** One side of the picture. */
export interface Side {
  graph: ReportedModule['graph'];
  size: number;
  count: number;
  /** Modules on the border, by folder. */
  folders: Folder[];
  /** All other modules of the app, by folder. */
  behind: Total[];
  packages: Total[];
}

export interface Folder {
  /** `src/app`; empty for the root. */
  path: string;
  modules: BorderModule[];
  size: number;
}

export interface BorderModule {
  module: ReportedModule;
  /** How many functions of it can be called. */
  functions: number;
}

export interface Total {
  name: string;
  count: number;
  size: number;
}

/** More folders than these are put together by the folder above them. */
const MOST_FOLDERS = 12;

/** Sorts the modules of one side by what they have to do with the border. */
export function sideOf(report: Report, graph: ReportedModule['graph']): Side {
  const modules = report.modules.filter((module) => module.graph === graph);
  const functions = groupBy(report.functions, ({file}) => file);
  const ends = new Set(
    report.crossings.map(({kind, from, to}) =>
      (kind === 'calls') === (graph === 'client') ? from : to,
    ),
  );
  const isOnBorder = ({path, directive, count}: ReportedModule) =>
    count === null &&
    (ends.has(path) || (graph === 'client' ? directive === 'use client' : functions.has(path)));
  const onBorder = modules.filter(isOnBorder);
  const others = modules.filter((module) => module.count === null && !isOnBorder(module));
  return {
    graph,
    size: sum(modules),
    count: modules.reduce((total, {count}) => total + (count ?? 1), 0),
    folders: foldersOf(onBorder).map(({path, modules: inside}) => ({
      path,
      modules: inside.map((module) => ({
        module,
        functions: graph === 'server' ? (functions.get(module.path)?.length ?? 0) : 0,
      })),
      size: sum(inside),
    })),
    behind: foldersOf(others)
      .map(({path, modules: inside}) => ({name: path, count: inside.length, size: sum(inside)}))
      .sort(bySize),
    packages: modules
      .flatMap(({path, count, size}) => (count === null ? [] : {name: path, count, size}))
      .sort(bySize),
  };
}

function bySize(a: Total, b: Total): number {
  return b.size - a.size;
}

function sum(modules: readonly ReportedModule[]): number {
  return modules.reduce((total, {size}) => total + size, 0);
}

interface PlainFolder {
  path: string;
  modules: ReportedModule[];
}

/** By the deepest folders of which there are not too many. */
function foldersOf(modules: readonly ReportedModule[]): PlainFolder[] {
  const deepest = Math.max(1, ...modules.map(({path}) => path.split('/').length - 1));
  for (let depth = deepest; ; depth--) {
    const folders = groupBy(modules, ({path}) => folderOf(path, depth));
    if (folders.size > MOST_FOLDERS && depth > 1) continue;
    return [...folders].map(([path, inside]) => ({path, modules: inside}));
  }
}

function folderOf(path: string, depth: number): string {
  return path.split('/').slice(0, -1).slice(0, depth).join('/');
}
