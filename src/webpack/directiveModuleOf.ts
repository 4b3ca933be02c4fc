import type {Module} from 'webpack';
import type {DirectiveModule} from './compileModule.ts';
import {BUILD_INFO_KEY} from './loader.ts';

/** What the loader found in a module; nothing for one without a directive. */
export function directiveModuleOf(module: Module): DirectiveModule | undefined {
  return (module.buildInfo as Record<string, DirectiveModule> | undefined)?.[BUILD_INFO_KEY];
}
