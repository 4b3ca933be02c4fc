/**
 * Refuses to install hooks anywhere but in Node. Bun has none that `module.register` could install, and would
 * run server functions without having compiled them; Deno would stop later, at React.
 *
 * @throws {Error} on Bun and Deno, which says what to do there
 */
export function refuseOtherRuntimes({bun, deno}: NodeJS.ProcessVersions = process.versions): void {
  if (bun !== undefined) throw onlyInNode(`Bun ${bun}`, 'bun dist/server.cjs');
  if (deno !== undefined) throw onlyInNode(`Deno ${deno}`, 'deno run --allow-all dist/server.cjs');
}

function onlyInNode(runtime: string, command: string): Error {
  return new Error(
    `The hooks of use-server-webpack-plugin (/register and /loader) work in Node only, but this is ${runtime}. There, let webpack bundle the server, with createUseServer(), and run the bundle: ${command}\n\nSee node_modules/use-server-webpack-plugin/docs/bundled-server.md#bun-and-deno`,
  );
}
