// Runs webpack outside Jest, where loaders and plugins load as they do for users. One message asks for
// one build; in watch mode, every finished build sends a message.
import {readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {pathToFileURL} from 'node:url';

let builds = 0;
let watching;

process.on('message', async ({type, configFile, webpackPackage = 'webpack'}) => {
  if (type === 'stop') {
    watching?.close(() => process.exit(0));
    if (!watching) process.exit(0);
    return;
  }
  try {
    const url = `${pathToFileURL(configFile).href}?build=${builds++}`;
    const {default: config} = await import(url);
    const {default: webpack} = await import(webpackPackage);
    const compiler = webpack(config);
    if (type === 'watch') {
      watching = compiler.watch({aggregateTimeout: 20}, (error, stats) =>
        process.send(outcome(compiler, error, stats)),
      );
      return;
    }
    compiler.run((error, stats) => {
      const message = outcome(compiler, error, stats);
      compiler.close(() => process.send(message));
    });
  } catch (error) {
    process.send({thrown: `${error.name}: ${error.message}`});
  }
});

function outcome(compiler, error, stats) {
  if (error) return {thrown: String(error.stack)};
  const printed = stats.toString({all: false, errors: true, warnings: true, colors: false});
  const {errors, warnings} = stats.toJson({all: false, errors: true, warnings: true});
  return {
    printed,
    errors: errors.map(({message}) => message),
    warnings: warnings.map(({message}) => message),
    files: readFiles(compiler.outputPath),
  };
}

function readFiles(folder) {
  const files = {};
  for (const entry of safeList(folder)) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[relative(folder, path)] = readFileSync(path, 'utf8');
  }
  return files;
}

function safeList(folder) {
  try {
    return readdirSync(folder, {recursive: true, withFileTypes: true});
  } catch {
    return [];
  }
}
