import {compileModule, type CompileOptions, type DirectiveModule} from '../compileModule.ts';
import type {FileHost} from '../findInWebpack.ts';
import {TransformedFiles} from '../transformedFiles.ts';

type Options = Omit<CompileOptions, 'target' | 'format'> & {host: FileHost};

/**
 * Gives modules as the server has them, once for each file. Of those that only the browser's build has found,
 * which are stubs there, the file is read.
 */
export async function readServerModules(
  modules: readonly DirectiveModule[],
  options: Options,
): Promise<DirectiveModule[]> {
  const byFile = new Map<string, DirectiveModule>();
  for (const module of modules) {
    if (module.serverReferences.length === 0) continue;
    if (!byFile.has(module.filename) || hasDetails(module)) byFile.set(module.filename, module);
  }
  return Promise.all(
    [...byFile.values()].map(async (module) =>
      hasDetails(module) ? module : compileForServer(module, options),
    ),
  );
}

function hasDetails({serverReferences}: DirectiveModule): boolean {
  return serverReferences.some(({details}) => details !== undefined);
}

async function compileForServer(
  module: DirectiveModule,
  {host, ...options}: Options,
): Promise<DirectiveModule> {
  const {filename} = module;
  const text = await host.readText(filename);
  const context = {files: new TransformedFiles(), isCodeNeeded: false};
  const compiled = await compileModule(
    text,
    filename,
    {...options, target: 'server'},
    host,
    context,
  );
  return compiled?.module ?? module;
}
