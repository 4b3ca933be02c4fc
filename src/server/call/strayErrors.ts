import {findScope} from '../scope/currentScope.ts';

let isListening = false;

/**
 * Names the server function that an error comes from which nothing handles: a promise that it did not
 * await, or a callback that threw. Node ends the process then, and its own message says no more than
 * where the error was made.
 *
 * A monitor changes nothing of what Node does
 * (https://nodejs.org/api/process.html#event-uncaughtexceptionmonitor), and runs in the asynchronous
 * context in which the promise was made or the callback was scheduled. A process that handles such
 * errors itself has none to be monitored.
 */
export function nameStrayErrors(): void {
  const {process} = globalThis as {process?: Partial<NodeJS.Process>};
  if (isListening || typeof process?.on !== 'function') return;
  isListening = true;
  process.on('uncaughtExceptionMonitor', () => {
    const id = findScope()?.function?.id;
    if (id !== undefined) console.error(explain(id));
  });
}

function explain(id: string): string {
  return `The error below comes from the server function ${id}, and nothing handles it. Await what the function starts, or handle its errors: start().catch(report).`;
}
