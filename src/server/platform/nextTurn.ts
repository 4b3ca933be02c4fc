/** What {@link cancelNextTurn} takes. */
export type NextTurn = object | number;

/** Calls back in the next turn of the event loop. */
export function onNextTurn(callback: () => void): NextTurn {
  return typeof setImmediate === 'function' ? setImmediate(callback) : setTimeout(callback, 0);
}

export function cancelNextTurn(turn: NextTurn): void {
  if (typeof clearImmediate === 'function') clearImmediate(turn as NodeJS.Immediate);
  else clearTimeout(turn as ReturnType<typeof setTimeout>);
}

let waiting: (() => void)[] = [];

/**
 * Does work in the next turn, all that is given in one turn together. It must not depend on the
 * asynchronous context, which is that of the first.
 */
export function inNextTurn(work: () => void): void {
  waiting.push(work);
  if (waiting.length > 1) return;
  onNextTurn(() => {
    const works = waiting;
    waiting = [];
    for (const one of works) one();
  });
}
