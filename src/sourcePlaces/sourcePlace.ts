/** A line of a stack, in the sources. */
export interface SourceFrame {
  /** As the engine names it. */
  functionName: string | undefined;
  /** To show: relative to the project root where it is in it, with `/`. */
  file: string;
  /** Absolute path, where the source is a file. */
  path: string | undefined;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** Whether the app's author wrote it: not a package, Node, webpack or this package. */
  isOwn: boolean;
}

/** Where in the sources an error was made. */
export interface SourcePlace {
  /** The whole stack. */
  frames: readonly SourceFrame[];
  /** The first frame of the app's own code. */
  own: SourceFrame | undefined;
  /** The source around {@link own}, with line numbers and a mark, without colours. */
  codeFrame: string | undefined;
}
