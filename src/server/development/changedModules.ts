import {builtinModule} from '../platform/builtinModule.ts';
import {reactIsDevelopment} from '../platform/mode.ts';

const warned = new Set<string>();

/**
 * Whether a module was changed after this process had started, which therefore runs the code from before. In
 * development only; it warns once of each.
 *
 * @param file absolute path
 */
export function isChangedModule(file: string): boolean {
  if (!reactIsDevelopment) return false;
  const stats = builtinModule('node:fs')?.statSync(file, {throwIfNoEntry: false});
  if (!stats || stats.mtimeMs < performance.timeOrigin) return false;
  if (!warned.has(file)) {
    warned.add(file);
    console.warn(
      `${file} was changed after the server had started, and the server does not have all of its functions. Start the server again, or let Node do that: node --watch`,
    );
  }
  return true;
}
