import type {Rule} from 'eslint';
import type {ParserPluginItem} from '../transform/index.ts';

/** What the rules read of `settings['use-server']` in the ESLint config. */
export interface UseServerSettings {
  /**
   * As in the options of the webpack plugin.
   * @default []
   */
  parserPlugins: readonly ParserPluginItem[];
}

/**
 * Reads the settings of the file that is linted.
 *
 * @throws TypeError when they are not of the form that is documented
 */
export function settingsOf({settings}: Rule.RuleContext): UseServerSettings {
  const own = settings['use-server'] ?? {};
  if (typeof own !== 'object' || Array.isArray(own)) throw malformed('must be an object');
  const {parserPlugins = [], ...unknown} = own as Partial<UseServerSettings>;
  if (!Array.isArray(parserPlugins)) throw malformed('has a "parserPlugins" that is no array');
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw malformed(`has an unknown member ${JSON.stringify(name)}`);
  return {parserPlugins};
}

function malformed(what: string): TypeError {
  return new TypeError(
    `settings["use-server"] in the ESLint config ${what}. Write for example {parserPlugins: ["doExpressions"]}.`,
  );
}
