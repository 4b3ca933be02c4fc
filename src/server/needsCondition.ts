/**
 * Makes the stand-in for a function that works under the `react-server` condition only.
 *
 * @param name of the export
 * @param entryPoint the specifier that it is imported from
 * @returns a function that throws an error with the command to type
 */
export function needsCondition(name: string, entryPoint: string): () => never {
  return () => {
    throw new Error(
      `${name}() of ${entryPoint} needs the "react-server" condition. Start Node with:\n\n  node --conditions react-server --import use-server-webpack-plugin/register ${scriptName()}\n\nA worker thread that has to have it takes {execArgv: ['--conditions', 'react-server', '--import', 'use-server-webpack-plugin/register']}.`,
    );
  };
}

function scriptName(): string {
  return globalThis.process?.argv[1]?.replace(/^.*[\\/]/, '') ?? 'server.js';
}
