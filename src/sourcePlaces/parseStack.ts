import {fileURLToPath} from 'node:url';

/** A line of a stack, as the engine wrote it. */
export interface StackFrame {
  functionName: string | undefined;
  /** An absolute path, or a URL of another scheme than `file:`. */
  location: string;
  line: number;
  column: number;
}

/** `at name (place:line:column)`, or `at place:line:column`: https://v8.dev/docs/stack-trace-api */
const FRAME =
  /^\s*at (?:(?:async )?(.+?) \()?(?:async )?((?:[a-z-]+:|\/|[A-Za-z]:\\).*?):(\d+):(\d+)\)?$/;
/** Code that `eval` runs has the place of the call behind its own name. */
const EVAL = /^eval at .*?, /;

/** The lines of a stack that have a place. */
export function parseStack(stack: string): StackFrame[] {
  return stack.split('\n').flatMap((line) => {
    const match = FRAME.exec(line.replace(EVAL, ''));
    if (!match) return [];
    const [, functionName, place, row, column] = match;
    return [{functionName, location: toPath(place!), line: Number(row), column: Number(column)}];
  });
}

function toPath(place: string): string {
  if (!place.startsWith('file:')) return place;
  try {
    // Without the query by which a module is loaded again.
    return fileURLToPath(place.replace(/[?#].*$/s, ''));
  } catch {
    return place;
  }
}
