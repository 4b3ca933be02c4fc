import {types} from 'node:util';
import {codeFrame} from './codeFrame.ts';
import {parseStack} from './parseStack.ts';
import type {SourceFrame, SourcePlace} from './sourcePlace.ts';
import {findSource} from './sources.ts';

/** Stacks may be made longer than anybody reads. */
const MOST_FRAMES = 50;

/**
 * Finds where in the sources an error was made: through the compiler of this package where it compiles modules for
 * Node, and through source maps where a bundler has made them. Never throws.
 *
 * @param error what was thrown: anything
 * @returns `undefined` for what has no stack
 */
export function findSourcePlace(error: unknown): SourcePlace | undefined {
  try {
    const stack = stackOf(error);
    if (stack === undefined) return undefined;
    const found = parseStack(stack).slice(0, MOST_FRAMES).map(findSource);
    const own = found.find(({frame}) => frame.isOwn);
    return {
      frames: found.map(({frame}): SourceFrame => frame),
      own: own?.frame,
      codeFrame: own && codeFrame(own),
    };
  } catch {
    return undefined;
  }
}

/** Of an error, or of what looks like one. Nothing of a Proxy is asked for. */
function stackOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || types.isProxy(error)) return undefined;
  const {stack, message} = error as {stack?: unknown; message?: unknown};
  return typeof stack === 'string' ? withoutMessage(stack, message) : undefined;
}

/** A message may hold what a request has sent, and so lines that name any file. */
function withoutMessage(stack: string, message: unknown): string {
  const start = typeof message === 'string' ? stack.indexOf(message) : -1;
  return start === -1 ? stack : stack.slice(start + (message as string).length);
}
