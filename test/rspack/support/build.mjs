// Builds by the webpack.config.js of the working directory, with Rspack.
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {rspack} from '@rspack/core';

const {default: config} = await import(
  pathToFileURL(join(process.cwd(), 'webpack.config.js')).href
);
const compiler = rspack(config);
compiler.run((error, stats) => {
  if (error || stats.hasErrors()) {
    console.error(error ?? stats.toString('errors-only'));
    process.exitCode = 1;
  }
  compiler.close(() => {});
});
