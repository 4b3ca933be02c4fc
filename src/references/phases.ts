/** Parts of the time that a server takes for a call, by their names in `Server-Timing`, with words for people. */
export const PHASES = {
  receive: 'body received',
  decode: 'arguments decoded',
  load: 'module loaded',
  captures: 'captures opened',
  middleware: 'middleware',
  function: 'server function',
  answer: 'answer begun',
  stream: 'answer streamed',
} as const;

export type PhaseName = keyof typeof PHASES;
