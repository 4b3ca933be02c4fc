// Builds the page into a folder that any static host can serve.
import {readFileSync} from 'node:fs';
import webpack from 'webpack';
import {htmlPage} from '../../dist/src/ui/html.js';

const read = (file) => readFileSync(`${import.meta.dirname}/src/${file}`, 'utf8');

/** Adds the one page. Its policy lets it load its own files, and connect to nothing. */
class PagePlugin {
  apply(compiler) {
    compiler.hooks.thisCompilation.tap('PagePlugin', (compilation) => {
      compilation.hooks.processAssets.tap('PagePlugin', () => {
        const html = htmlPage({
          title: 'Try the compiler - use-server-webpack-plugin',
          styles: read('styles.css'),
          body: read('body.html'),
        });
        compilation.emitAsset('index.html', new compiler.webpack.sources.RawSource(html));
      });
    });
  }
}

/**
 * @param {string} folder absolute path; what is in it is deleted
 * @param {'production' | 'development'} mode `'development'` is fast, since nothing is minified
 * @throws {Error} with webpack's errors and warnings
 */
export async function buildPage(folder, mode = 'production') {
  const compiler = webpack({
    mode,
    context: import.meta.dirname,
    entry: {page: './src/page.ts'},
    devtool: false,
    output: {path: folder, filename: '[name].js', module: true, clean: true},
    experiments: {outputModule: true},
    module: {
      rules: [{test: /\.ts$/, loader: 'esbuild-loader', options: {target: 'es2022'}}],
    },
    // Babel's parser is most of it, and comes from the machine itself.
    performance: {hints: false},
    plugins: [new PagePlugin()],
  });
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, result) => {
      compiler.close(() => (error ? reject(error) : resolve(result)));
    });
  });
  if (stats.hasErrors() || stats.hasWarnings()) {
    throw new Error(stats.toString({preset: 'errors-warnings'}));
  }
}
