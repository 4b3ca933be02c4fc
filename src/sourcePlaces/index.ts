import {types} from 'node:util';
import {codeFrame} from './codeFrame.ts';
import {parseStack} from './parseStack.ts';
import type {SourceFrame, SourcePlace} from './sourcePlace.ts';
import {asItStands, findSource} from './sources.ts';

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
    const frames = parseStack(stack.text).slice(0, MOST_FRAMES);
    const found = frames.map((frame) => (stack.isOfEngine ? findSource(frame) : asItStands(frame)));
    const own = found.find(({frame}) => frame.isOwn);
    return {
      frames: found.map(({frame}): SourceFrame => frame),
      own: own?.frame,
      codeFrame: own && stack.isOfEngine ? codeFrame(own) : undefined,
    };
  } catch {
    return undefined;
  }
}

interface Stack {
  text: string;
  /** Whether all lines are of the engine. Others may be what a request has sent, and name any file: none is read. */
  isOfEngine: boolean;
}

/** Of an error, or of what looks like one. Nothing of a Proxy is asked for. */
function stackOf(error: unknown): Stack | undefined {
  if (typeof error !== 'object' || error === null || types.isProxy(error)) return undefined;
  const {stack, message} = error as {stack?: unknown; message?: unknown};
  if (typeof stack !== 'string') return undefined;
  // What is no instance of a class may have come as data.
  if (isPlain(error) || typeof message !== 'string') return {text: stack, isOfEngine: false};
  if (WITHOUT_MESSAGE.test(stack)) return {text: stack, isOfEngine: true};
  const start = message === '' ? -1 : stack.indexOf(message);
  // The message was changed: where the one before it ends, nothing tells.
  if (start === -1) return {text: stack, isOfEngine: false};
  return {text: stack.slice(start + message.length), isOfEngine: true};
}

/** Of an error that was made without a message. */
const WITHOUT_MESSAGE = /^[\w$.]+\n\s*at /;

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
