import assert from 'node:assert/strict';

/** What ends a process of Node, and what nobody caught. */
const uncaught = [];
process.on('unhandledRejection', (error) => uncaught.push(error));
process.on('uncaughtException', (error) => uncaught.push(error));

/**
 * The same cases; each also fails when it leaves behind something that would end the process.
 *
 * @param {Record<string, () => unknown>} cases
 */
export function watched(cases) {
  return Object.fromEntries(
    Object.entries(cases).map(([name, run]) => [
      name,
      async () => {
        await run();
        await new Promise((resolve) => setTimeout(resolve, 20));
        const [error] = uncaught.splice(0);
        assert.equal(error, undefined, error?.stack);
      },
    ]),
  );
}
