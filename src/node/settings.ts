import {realpathSync, statSync} from 'node:fs';
import {resolve} from 'node:path';
import type {IdFormat} from '../references/ids.ts';
import {readIdPrefix} from '../references/idPrefix.ts';
import {readIdSecret} from '../references/idSecret.ts';
import type {ParserPluginItem, Target} from '../transform/types.ts';
import {isReactServer} from '#react-server-condition';

/** What `module.register(..., {data})` may give to the hooks of `use-server-webpack-plugin/loader`. */
export interface NodeHookOptions {
  /**
   * The project root; ids are relative to it. A relative path starts at the working directory.
   * @default the environment variable `USE_SERVER_ROOT`, else the working directory
   */
  root?: string | undefined;
  /**
   * How ids are written; the same as in the options of `UseServerWebpackPlugin`.
   * @default the environment variable `USE_SERVER_IDS`, else `'path'`
   */
  ids?: IdFormat | undefined;
  /**
   * Plugins of `@babel/parser`; the same as in the options of `UseServerWebpackPlugin`.
   * @default the environment variable `USE_SERVER_PARSER_PLUGINS`: names, separated by commas, or JSON;
   *   else none
   */
  parserPlugins?: ParserPluginItem[] | undefined;
}

/** What the hooks of one thread work with. */
export interface Settings {
  root: string;
  ids: IdFormat;
  /** Of the environment variable `USE_SERVER_ID_SECRET`. */
  idSecret: string | undefined;
  /** Of the environment variable `USE_SERVER_ID_PREFIX`, which the handler compares with the manifest. */
  idPrefix: string | undefined;
  parserPlugins: readonly ParserPluginItem[];
  /** The server graph with the condition `react-server`, else the SSR graph. */
  target: Exclude<Target, 'client'>;
}

/**
 * Reads and checks the settings of this thread.
 *
 * @throws {TypeError} which names the option or the variable that is wrong, and what it may be
 */
export function readSettings(options: NodeHookOptions = {}, env = process.env): Settings {
  checkShape(options);
  const ids = readIds(
    options.ids === undefined
      ? {name: 'The environment variable USE_SERVER_IDS', value: env['USE_SERVER_IDS']}
      : {name: 'The option "ids" of the Node hooks', value: options.ids},
  );
  return {
    root: readRoot(
      options.root === undefined
        ? {name: 'The environment variable USE_SERVER_ROOT', value: env['USE_SERVER_ROOT']}
        : {name: 'The option "root" of the Node hooks', value: options.root},
    ),
    ids,
    idSecret: readIdSecret(ids, env),
    idPrefix: readIdPrefix(env),
    parserPlugins:
      options.parserPlugins === undefined
        ? parserPluginsOf(env['USE_SERVER_PARSER_PLUGINS'])
        : checkParserPlugins({
            name: 'The option "parserPlugins" of the Node hooks',
            value: options.parserPlugins,
          }),
    target: isReactServer ? 'server' : 'ssr',
  };
}

interface Given {
  name: string;
  value: unknown;
}

const OPTIONS: ReadonlySet<string> = new Set(['root', 'ids', 'parserPlugins']);

function checkShape(options: unknown): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(
      'The data of the Node hooks must be an object: {root?: string, ids?: string, parserPlugins?: array}.',
    );
  }
  const unknown = Object.keys(options).filter((key) => !OPTIONS.has(key));
  if (unknown.length > 0) {
    throw new TypeError(
      `The Node hooks have no option ${JSON.stringify(unknown[0])}. Their options are "root", "ids" and "parserPlugins".`,
    );
  }
}

/** Modules are known by their real path, so the root must be one too. */
function readRoot({name, value}: Given): string {
  if (value === undefined || value === '') return realpathSync(process.cwd());
  if (typeof value !== 'string') {
    throw new TypeError(`${name} must be the path of a folder, but it is ${typeof value}.`);
  }
  const root = resolve(value);
  if (!statSync(root, {throwIfNoEntry: false})?.isDirectory()) {
    throw new TypeError(
      `${name} must be the path of a folder, but ${JSON.stringify(value)} is none (looked at ${root}).`,
    );
  }
  return realpathSync(root);
}

function readIds({name, value}: Given): IdFormat {
  if (value === undefined || value === '') return 'path';
  if (value === 'path' || value === 'hashed') return value;
  throw new TypeError(`${name} must be "path" or "hashed", but it is ${JSON.stringify(value)}.`);
}

/** Reads a list of names, `doExpressions,throwExpressions`, or JSON where a plugin has options. */
function parserPluginsOf(text = ''): readonly ParserPluginItem[] {
  if (!/^\s*\[/.test(text))
    return text
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean);
  const name = 'The environment variable USE_SERVER_PARSER_PLUGINS';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The error below says what it must be.
  }
  return checkParserPlugins({name, value: value ?? text});
}

function checkParserPlugins({name, value}: Given): readonly ParserPluginItem[] {
  if (Array.isArray(value) && value.every(isParserPlugin)) return value;
  throw new TypeError(
    `${name} must be a list of plugins of @babel/parser, each a name or a name with options, such as ["doExpressions", ["pipelineOperator", {"proposal": "fsharp"}]], but it is ${JSON.stringify(value)}.`,
  );
}

function isParserPlugin(item: unknown): item is ParserPluginItem {
  if (!Array.isArray(item)) return typeof item === 'string' && item !== '';
  const [name, options] = item as unknown[];
  return isParserPlugin(name) && typeof name === 'string' && typeof options === 'object';
}
