import type {ReactFormState} from 'react-dom/client';

/** How often rendering may look for the state before the event loop turns: other requests wait until then. */
const MOST_ATTEMPTS_IN_A_ROW = 1000;
/** How often it may in all. A page that streams thousands of forms is far below. */
const MOST_ATTEMPTS = 10_000;

/**
 * Guards the state of a posted form against a page that is rendered for ever. `useActionState` looks at the
 * id in it at each attempt, and with a reference that React made itself then waits for its bound arguments
 * (see `references/htmlReference.ts`). Where a component binds them while it renders, they are others each
 * time. References of this package do not wait; this stops all others.
 *
 * @returns the same state, which throws an error when it is looked at without end
 */
export function guardFormState(formState: ReactFormState): ReactFormState {
  const [, , id] = formState as unknown as [unknown, string, string, number];
  const countAttempt = attemptCounter(id);
  const get = () => {
    countAttempt();
    return id;
  };
  const guarded = [...(formState as unknown as unknown[])];
  Object.defineProperty(guarded, 2, {get, enumerable: true, configurable: true});
  return guarded as unknown as ReactFormState;
}

/** Counts once whatever is rendered without waiting for anything. */
function attemptCounter(id: string): () => void {
  let isCounted = false;
  let attempts = 0;
  let inARow = 0;
  return () => {
    if (isCounted) return;
    isCounted = true;
    queueMicrotask(() => (isCounted = false));
    attempts++;
    if (inARow++ === 0) setTimeout(() => (inARow = 0));
    if (inARow > MOST_ATTEMPTS_IN_A_ROW || attempts > MOST_ATTEMPTS) throw endlessRender(id);
  };
}

function endlessRender(id: string): Error {
  return new Error(
    `The page that answers the form of ${id} would be rendered for ever: a component binds arguments to a reference that React made itself, and useActionState waits for other ones at each attempt. Import the function from its "use server" module, give createFromReadableStream() of React the serverConsumerManifest of loadConsumerManifest(), or bind the arguments outside of the component.`,
  );
}
