// Prints, as JSON, what modules export when Node runs them as they are. Names by which Node shows a
// CommonJS module as a whole are left out.
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';

const WHOLE = new Set(['default', '__esModule', 'module.exports']);
const report = {};
for (const module of process.argv.slice(2)) {
  const names = Object.keys(await import(pathToFileURL(resolve(module)).href));
  report[module] = names.filter((name) => !WHOLE.has(name)).sort();
}
console.log(JSON.stringify(report));
