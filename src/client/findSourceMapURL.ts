/**
 * Where React's development builds find the source map of a server file. There is none: the map of a
 * server module would show server code to the browser.
 */
export const findSourceMapURL: undefined = undefined;
