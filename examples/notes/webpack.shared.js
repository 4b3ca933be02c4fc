// What the two webpack configs, plain-node/ and bundled/, have in common: what browsers load.

// React's own rule, so that browser and server always agree. start.js sets it.
export const mode = process.env.NODE_ENV === 'production' ? 'production' : 'development';

/** deploy/ names each release, so that its pages go on finding their scripts when the next is there. */
export const release = process.env.NOTES_RELEASE;

/** @type {import('webpack').Configuration} */
export const shared = {
  mode,
  // Ids of server functions start here, in both ways.
  context: import.meta.dirname,
  devtool: 'source-map',
  module: {
    rules: [
      {test: /\.tsx?$/, loader: 'esbuild-loader', options: {target: 'es2022', jsx: 'automatic'}},
    ],
  },
  performance: {hints: false},
};

/**
 * @param {string} folder
 * @returns {import('webpack').Configuration}
 */
export function browserConfig(folder) {
  const assets = release ? `assets/${release}` : 'assets';
  return {
    ...shared,
    entry: {client: './src/browser/client.tsx'},
    output: {
      path: `${import.meta.dirname}/${folder}`,
      // Everything that browsers may load goes to assets/. The same path as in src/server/assets.ts.
      filename: `${assets}/[name].js`,
      cssFilename: `${assets}/[name].css`,
      publicPath: '/',
      clean: true,
    },
    experiments: {css: true},
  };
}

/** Every call of a server function in the browser goes through it. */
export const callServer = './src/browser/callServer.ts';
