import {join} from 'node:path';
import {createUseServer, UseServerWebpackPlugin} from 'use-server-webpack-plugin';

/**
 * @param folder of one of the two applications that `generateApps` has written
 * @param build `'client'` for the browser's build alone, `'pair'` for server and client in one run
 * @param hasPlugin whether the plugin does its work, or the files are ready-made
 * @param cacheFolder of the persistent cache, if there is one
 * @returns configs of webpack, to be built together
 */
export function createConfigs({folder, build, hasPlugin, mode, compiled, cacheFolder}) {
  const shared = (name) => ({
    name,
    context: folder,
    mode,
    cache: cacheFolder ? {type: 'filesystem', cacheDirectory: cacheFolder, name} : undefined,
    output: {path: join(folder, 'dist', name)},
    performance: {hints: false},
    resolve: {extensions: ['.tsx', '.ts', '.js']},
    infrastructureLogging: {level: 'error'},
  });
  const rules = compiled ? [] : [swc];
  if (build === 'client') {
    return [
      {
        ...shared('client'),
        entry: './src/client',
        module: {rules},
        plugins: hasPlugin ? [new UseServerWebpackPlugin()] : [],
      },
    ];
  }
  const useServer = hasPlugin ? createUseServer({ssr: `src/ssr.${compiled ? 'js' : 'ts'}`}) : null;
  return [
    {
      ...shared('server'),
      target: 'node',
      entry: {server: hasPlugin ? './src/server' : {import: './src/server', layer: 'react-server'}},
      module: {rules: [...rules, ...(hasPlugin ? [] : layers)]},
      // It is not downloaded.
      optimization: {minimize: false},
      plugins: useServer ? [useServer.server] : [],
    },
    {
      ...shared('client'),
      entry: './src/clientOfPair',
      module: {rules},
      plugins: useServer ? [useServer.client] : [],
    },
  ];
}

/** In webpack's own process, so that its CPU time is counted. */
const swc = {
  test: /\.tsx?$/,
  loader: 'swc-loader',
  options: {
    jsc: {
      target: 'es2022',
      parser: {syntax: 'typescript', tsx: true},
      transform: {react: {runtime: 'automatic'}},
    },
  },
};

/** What webpack's documentation has for layers: the same as the plugin sets up. */
const layers = [
  {issuerLayer: 'react-server', resolve: {conditionNames: ['react-server', '...']}},
  {test: /[\\/]src[\\/](ssr|listOfSsr)\.[jt]s$/, layer: 'ssr'},
];
