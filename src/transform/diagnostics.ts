import {packages} from '#packages';
import {docsPlace} from '../references/docsPlace.ts';
import type {Diagnostic, Location, Position} from './types.ts';

/** Anything that has a place in the source: an AST node, or a location. */
export type Located = {loc?: {start: Position; end: Position} | null} | Location;

/** Collects what is wrong with one module, each with a code frame. */
export class Diagnostics {
  list: Diagnostic[] = [];
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  error(code: string, where: Located, message: string): void {
    this.#add('error', code, where, message);
  }

  warning(code: string, where: Located, message: string): void {
    this.#add('warning', code, where, message);
  }

  /** Starts an empty list for the same source, for what may turn out not to count. */
  draft(): Diagnostics {
    return new Diagnostics(this.#source);
  }

  /** Forgets what has been reported with one of these codes. */
  drop(codes: ReadonlySet<string>): void {
    this.list = this.list.filter(({code}) => !codes.has(code));
  }

  get hasErrors(): boolean {
    return this.list.some(({severity}) => severity === 'error');
  }

  /** In the order of the source, so that a reader works through the file once. */
  sorted(): Diagnostic[] {
    return this.list.toSorted(
      (a, b) => a.loc.start.line - b.loc.start.line || a.loc.start.column - b.loc.start.column,
    );
  }

  #add(severity: Diagnostic['severity'], code: string, where: Located, message: string): void {
    const loc = locationOf(where);
    const {codeFrameColumns} = packages.codeFrame();
    const frame = codeFrameColumns(this.#source, frameLocation(loc), {highlightCode: false});
    this.list.push({severity, code, message, loc, frame});
  }
}

/** Words a diagnostic as people read it, the same in webpack and in Node. */
export function diagnosticText({code, message, frame}: Diagnostic): string {
  return `${message}\n\n${frame}\n\nSee ${docsPlace(code)}`;
}

/** Makes a location of plain objects, without what Babel adds to its own. */
export function locationOf(where: Located): Location {
  const loc = 'start' in where && 'end' in where && isLocation(where) ? where : (where as any).loc;
  return {start: plain(loc.start), end: plain(loc.end)};
}

function isLocation(value: object): value is Location {
  return typeof (value as Location).start === 'object';
}

function plain({line, column}: Position): Position {
  return {line, column};
}

/** Babel's code frame counts columns from one; a long function is marked at its first line only. */
function frameLocation({start, end}: Location) {
  return start.line === end.line
    ? {
        start: {line: start.line, column: start.column + 1},
        end: {line: end.line, column: end.column + 1},
      }
    : {start: {line: start.line, column: start.column + 1}};
}
