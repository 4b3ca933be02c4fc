/**
 * Runs webpack, and shows how far it is.
 *
 * @param {string} config the file, as `import()` takes it. It reads the environment when it is imported.
 * @throws Error with what webpack has to say, when it fails
 */
export async function build(config) {
  const {default: webpack} = await import('webpack');
  const {default: configuration} = await import(config);
  const compiler = webpack(configuration);
  new webpack.ProgressPlugin(showProgress).apply(compiler);
  const startedAt = Date.now();
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, stats) => (error ? reject(error) : resolve(stats)));
  });
  await new Promise((resolve) => compiler.close(resolve));
  if (stats.hasErrors()) throw new Error(stats.toString({preset: 'errors-warnings', colors: true}));
  if (stats.hasWarnings()) console.warn(stats.toString({preset: 'errors-warnings', colors: true}));
  console.log(
    `Built for ${process.env.NODE_ENV} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`,
  );
}

function showProgress(part, step) {
  if (process.stdout.isTTY) {
    process.stdout.write(`\r\x1b[KBuilding ${Math.round(part * 100)}% ${part < 1 ? step : ''}`);
    if (part === 1) process.stdout.write('\r\x1b[K');
  } else if (part === 0) {
    console.log('Building...');
  }
}
