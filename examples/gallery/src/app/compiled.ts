// What the compiler makes of a file: by the function that the Node hooks and the webpack plugin call too.
import {resolve} from 'node:path';
import {format} from 'prettier';
import {transform} from 'use-server-webpack-plugin/transform';

export interface Compiled {
  /** Code, or `undefined` where the file stays as it is. */
  server: string | undefined;
  browser: string | undefined;
  /** Of the server functions in the file. */
  ids: string[];
}

const root = resolve('.');

export async function compile(path: string, source: string): Promise<Compiled> {
  const server = compileFor('server', path, source);
  const browser = compileFor('client', path, source);
  return {
    server: await laidOut(server?.code, source),
    browser: await laidOut(browser?.code, source),
    ids: server?.serverReferences.map(({id}) => id) ?? [],
  };
}

const compileFor = (target: 'server' | 'client', path: string, source: string) =>
  transform(source, {
    filename: resolve(path),
    root,
    target,
    sourceMap: false,
    callServer: './src/browser/callServer.ts',
  });

/** The compiler inserts within lines, so that those of the author keep their numbers. People want lines of their own. */
async function laidOut(code: string | undefined, source: string): Promise<string | undefined> {
  if (code === undefined || code.trim() === source.trim()) return undefined;
  const options = {parser: 'babel-ts', singleQuote: true, bracketSpacing: false};
  const isStub = !code.includes(source.trim().slice(-40));
  return (await format(code, {...options, printWidth: isStub ? 64 : 100})).trim();
}
