/** Where a module runs whose imports are followed: server functions in one, client modules in the other. */
export type Graph = 'server' | 'client';

/** Asks for the file that a specifier leads to. The answer is its absolute path, or `null`. */
export interface ResolveRequest {
  kind: 'resolve';
  specifier: string;
  /** Absolute path of the module that has the specifier. */
  from: string;
  graph: Graph;
  by: 'import' | 'require';
  /** Absolute path of the tsconfig.json whose `paths` count, if there is one. */
  tsconfig: string | null;
}

/** Asks for the text of a file. The answer is `null` when there is no such file. */
export interface ReadRequest {
  kind: 'read';
  /** Absolute. */
  filename: string;
}

export type FileRequest = ResolveRequest | ReadRequest;

/**
 * Work that needs to know of files and leaves to its driver how: one in Node answers at once, one in
 * webpack when webpack's file system has.
 */
export type Finding<Result> = Generator<FileRequest, Result, string | null>;
