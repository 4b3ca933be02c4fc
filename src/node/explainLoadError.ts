import {readFileSync} from 'node:fs';
import {dirname, extname, join} from 'node:path';
import {isInPackages} from './packages.ts';

const START =
  'node --conditions react-server --import tsx --import use-server-webpack-plugin/register server.js';

/**
 * Says what to do where Node only says what it cannot do with a file of the app.
 *
 * @param error why the file was not loaded
 * @param filename absolute path
 * @returns an error with the advice, and the given one as its cause; or the given one
 */
export function explainLoadError(error: unknown, filename: string): unknown {
  if (!(error instanceof Error) || isInPackages(filename)) return error;
  const {code} = error as NodeJS.ErrnoException;
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && /\.[cm]?[jt]sx?$/.test(filename)) {
    const message = `Node ${process.versions.node} cannot run ${extname(filename)} files: ${filename}. Let tsx compile them (npm install tsx), and start the server with: ${START}`;
    return Object.assign(new Error(message, {cause: error}), {code});
  }
  if (error.name !== 'SyntaxError' || !ES_SYNTAX_ERROR.test(error.message)) return error;
  const description = commonJsDescription(filename);
  if (description === undefined) return error;
  return new Error(
    `${filename} has import or export, but Node runs it as CommonJS, because ${description} says "type": "commonjs". Write "type": "module" there, or give the file a name that ends with .mjs.`,
    {cause: error},
  );
}

/** What V8 says of an ES module that it is to run as a script. */
const ES_SYNTAX_ERROR =
  /^(?:Cannot use import statement outside a module|Unexpected token 'export')/;

/** The package.json of a file, if it says `"type": "commonjs"`, and the name of the file does not. */
function commonJsDescription(filename: string): string | undefined {
  if (extname(filename) !== '.js') return undefined;
  for (let folder = dirname(filename); ; folder = dirname(folder)) {
    const description = join(folder, 'package.json');
    const type = typeIn(description);
    if (type !== 'no file') return type === 'commonjs' ? description : undefined;
    if (folder === dirname(folder)) return undefined;
  }
}

function typeIn(description: string): unknown {
  let text: string;
  try {
    text = readFileSync(description, 'utf8');
  } catch {
    return 'no file';
  }
  try {
    return (JSON.parse(text) as {type?: unknown}).type;
  } catch {
    return undefined;
  }
}
