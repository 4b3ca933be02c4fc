/** Where the docs explain a code, as a path from the folder of a project. */
export function docsPlace(code: string): string {
  return `node_modules/use-server-webpack-plugin/docs/errors.md#${code}`;
}
