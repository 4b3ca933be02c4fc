import {readFileSync} from 'node:fs';
import {packages} from '../transform/packages.ts';
import type {FoundSource} from './sources.ts';

/** Lines before and behind the place. */
const CONTEXT = {linesAbove: 3, linesBelow: 2};

/** The source around a place; `undefined` where there is no text of it. */
export function codeFrame({frame, text: mapped}: FoundSource): string | undefined {
  const source = mapped ?? read(frame.path);
  const text = source?.split('\n')[frame.line - 1];
  if (source === undefined || text === undefined) return undefined;
  // Source maps of webpack may know no more than the line.
  const column = frame.column + text.slice(frame.column - 1).search(/\S|$/);
  return packages
    .codeFrame()
    .codeFrameColumns(source, {start: {line: frame.line, column}}, CONTEXT);
}

function read(path: string | undefined): string | undefined {
  try {
    return path === undefined ? undefined : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
