import type {Compilation} from 'webpack';
import {isJavaScript, reportUnparsed} from '../leakGuard.ts';

/**
 * Reports modules that say `"use server"`, at the top or in a function, after all loaders ran: what the plugin's
 * loader has not seen would be bundled as it is. Rspack parses in Rust and does not show its tree, so the text
 * of a module is looked at.
 */
export function reportLeaks(compilation: Compilation): void {
  compilation.hooks.finishModules.tap('UseServerWebpackPlugin', () => {
    for (const module of compilation.modules) {
      if (isJavaScript(module)) reportUnparsed(compilation, module);
    }
  });
}
