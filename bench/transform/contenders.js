import {createRequire} from 'node:module';
import {parse} from '@babel/parser';
import {transformServerActionServer} from '@vitejs/plugin-rsc/transforms';
import {transform} from 'use-server-webpack-plugin/transform';
import {parseAstAsync} from 'vite';
import {parserOptions} from './parserOptions.js';

const require = createRequire(import.meta.url);
const {transform: transformNext, loadBindings} = require('next/dist/build/swc');
const {getLoaderSWCOptions} = require('next/dist/build/swc/options');

/** Called once before anything is timed. */
export async function prepare() {
  await loadBindings();
}

/** What all others are compared with. */
export const BASE = 'a bare parse';

/** Each compiles one module for the server, as its own bundler plugin does, with a map unless it says so. */
export const contenders = {
  [BASE]: ({source, filename}) => parse(source, parserOptions(filename)),
  'use-server-webpack-plugin': ({source, filename}) =>
    transform(source, {filename, root: '/', target: 'server'}),
  'use-server-webpack-plugin, no map': ({source, filename}) =>
    transform(source, {filename, root: '/', target: 'server', sourceMap: false}),
  '@vitejs/plugin-rsc': viteTransform,
  'next (SWC)': nextTransform,
};

/** Client modules are another plugin of Vite's. */
async function viteTransform({compiled: source, filename}) {
  if (!source.includes('use server')) return null;
  const ast = await parseAstAsync(source);
  const id = JSON.stringify(filename);
  const {output} = transformServerActionServer(source, ast, {
    runtime: (value, name) => `$$register(${value}, ${id}, ${JSON.stringify(name)})`,
    rejectNonAsyncFunction: true,
    encode: (value) => `$$encrypt(${value})`,
    decode: (value) => `await $$decrypt(${value})`,
  });
  return {code: output.toString(), map: output.generateMap({hires: 'boundary'})};
}

async function nextTransform({source, filename}) {
  const options = getLoaderSWCOptions({
    filename,
    development: false,
    isServer: true,
    appDir: '/app',
    pagesDir: undefined,
    isPageFile: false,
    serverComponents: true,
    serverReferenceHashSalt: '',
    bundleLayer: 'rsc',
    esm: true,
    hasReactRefresh: false,
    relativeFilePathFromRoot: filename,
    pageExtensions: ['js'],
    isCacheComponents: false,
    useCacheEnabled: false,
    taintEnabled: false,
    trackDynamicImports: false,
    jsConfig: {},
    supportedBrowsers: ['last 1 chrome versions'],
  });
  return transformNext(source, {
    ...options,
    filename,
    sourceMaps: true,
    inlineSourcesContent: true,
    sourceFileName: filename,
  });
}
