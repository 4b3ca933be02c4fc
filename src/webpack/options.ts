import {realpathSync, statSync} from 'node:fs';
import {isAbsolute, resolve} from 'node:path';
import type {Compiler} from 'webpack';
import type {IdFormat} from '../references/ids.ts';
import {ID_PREFIX, WHAT_AN_ID_PREFIX_IS} from '../references/idPrefix.ts';
import {readIdSecret} from '../references/idSecret.ts';
import type {ParserPluginItem} from '../transform/types.ts';
import {optionsSchema} from './optionsSchema.ts';
import {wantsDetails} from './report/receiver.ts';
import {reportFiles, type ReportFile} from './report/reportFiles.ts';
import {BUILD_FOLDERS} from './sourceFiles.ts';
import {validateAgainst} from './validateOptions.ts';

/** Options of `UseServerWebpackPlugin`. Every one has a default. */
export interface UseServerWebpackPluginOptions {
  /**
   * The folder that ids are relative to. The server must use the same one (its default is the working
   * directory; `USE_SERVER_ROOT` changes it). A relative path is relative to webpack's `context`.
   *
   * @default compiler.context
   */
  root?: string | undefined;
  /**
   * Where Server Components, `"use server"` and `"use client"` modules stand that the browser's entry
   * does not import: globs or folders, relative to `root`. Only JavaScript and TypeScript files count.
   * `node_modules` is searched only where a pattern names it: `'node_modules/my-ui/**'`.
   *
   * @default every JavaScript and TypeScript file under `root`, without its folders `build`, `coverage`,
   *   `dist` and `out`, where other builds write to
   */
  include?: string | string[] | undefined;
  /**
   * Globs that `include` must not find, relative to `root`. Besides them, tests (`*.test.*`, `*.spec.*`,
   * `__tests__`), `.d.ts` files, folders that start with a dot and the output folder are never read.
   *
   * @default []
   */
  exclude?: string | string[] | undefined;
  /**
   * `'path'` gives ids such as `src/actions.js#save`, `'hashed'` hides the path. The server must agree
   * (`USE_SERVER_IDS=hashed`). The hash is keyed by the environment variable `USE_SERVER_ID_SECRET`, 32
   * bytes in base64, where it is set; without it, those who guess a path and a name can compute the id.
   *
   * @default 'path'
   */
  ids?: IdFormat | undefined;
  /**
   * Name of the app, which stands before every id: `shop` gives `shop:src/actions.js#save`. For apps whose
   * paths can be equal and whose functions one page or one server has. A name as npm packages have it. The
   * server must have the same one (`USE_SERVER_ID_PREFIX=shop`) when Node runs the sources.
   *
   * @default none
   */
  idPrefix?: string | undefined;
  /**
   * Module with a `callServer` export that calls the server. A path that starts with `./` or `../` is
   * relative to `root`.
   *
   * @default 'use-server-webpack-plugin/client'
   */
  callServer?: string | undefined;
  /**
   * Plugins of `@babel/parser` for syntax that is no standard yet and that a loader of the app compiles:
   * names, or names with options, such as `['doExpressions', ['pipelineOperator', {proposal: 'fsharp'}]]`.
   * The server must read the same (`USE_SERVER_PARSER_PLUGINS`) when Node runs the sources.
   *
   * @default []
   */
  parserPlugins?: ParserPluginItem[] | undefined;
  /**
   * File name of the server manifest, relative to `output.path`.
   *
   * @default 'server-actions-manifest.json'
   */
  serverManifest?: string | undefined;
  /**
   * File name of the client manifest, which Server Components are rendered with.
   *
   * @default 'react-client-manifest.json'
   */
  clientManifest?: string | undefined;
  /**
   * File name of the manifest with which HTML is rendered (`serverConsumerManifest`).
   *
   * @default 'react-ssr-manifest.json'
   */
  ssrManifest?: string | undefined;
  /**
   * Whether to write a report of what can be called: `true` for a page and JSON beside the server manifest,
   * or one file name, relative to `output.path`, that ends in `.html`, `.json` or `.txt`.
   *
   * @default false
   */
  report?: boolean | string | undefined;
}

/** Options with every default filled in. */
export interface ResolvedOptions {
  root: string;
  include: string[];
  exclude: string[];
  ids: IdFormat;
  /** Of the environment. */
  idSecret: string | undefined;
  idPrefix: string | undefined;
  callServer: string | undefined;
  parserPlugins: readonly ParserPluginItem[];
  serverManifest: string;
  clientManifest: string;
  ssrManifest: string;
  report: readonly ReportFile[];
  /** Whether anybody wants a report. */
  details: true | undefined;
}

/**
 * @throws {ValidationError} of schema-utils, when an option is unknown or of the wrong type
 */
export function validateOptions(options: UseServerWebpackPluginOptions): void {
  validateAgainst(optionsSchema, options, 'UseServerWebpackPlugin');
}

const MANIFESTS = ['serverManifest', 'clientManifest', 'ssrManifest'] as const;

/**
 * webpack would write an absolute path, or one with backslashes, to a file of that odd name.
 *
 * @param user who has these options, for messages
 * @throws Error when a manifest is named in such a way
 */
export function checkManifestNames(
  user: string,
  options: Pick<UseServerWebpackPluginOptions, (typeof MANIFESTS)[number]>,
): void {
  for (const option of MANIFESTS) {
    const name = options[option];
    if (name === undefined || !(isAbsolute(name) || /\\|^[a-z]:/i.test(name))) continue;
    throw new Error(
      `${user}: the option "${option}" must be relative to output.path and written with "/", but is ${JSON.stringify(name)}. Write for example "../server-actions-manifest.json".`,
    );
  }
}

/**
 * @param user who has this option, for messages
 * @throws Error when it is no name
 */
export function checkIdPrefix(
  user: string,
  {idPrefix}: Pick<UseServerWebpackPluginOptions, 'idPrefix'>,
): void {
  if (idPrefix === undefined || ID_PREFIX.test(idPrefix)) return;
  throw new Error(
    `${user}: the option "idPrefix" ${WHAT_AN_ID_PREFIX_IS}, but it is ${JSON.stringify(idPrefix)}.`,
  );
}

/**
 * The real path of the root, since webpack and Node know modules by theirs: ids must not depend on the
 * link by which somebody reached the project.
 *
 * @param user who has this option, for messages
 * @throws Error when it is no folder
 */
export function resolveRoot(
  user: string,
  {context, options}: Pick<Compiler, 'context' | 'options'>,
  root = '.',
): string {
  const folder = resolve(context, root);
  if (!statSync(folder, {throwIfNoEntry: false})?.isDirectory()) {
    throw new Error(`${user}: the option "root" must be a folder, but there is none at ${folder}.`);
  }
  return options.resolve.symlinks === false ? folder : realpathSync(folder);
}

/**
 * @throws Error when `root` is no folder, a manifest or report is named by an absolute path, or `idPrefix`
 *   is no name
 */
export function resolveOptions(
  options: UseServerWebpackPluginOptions,
  compiler: Compiler,
): ResolvedOptions {
  const root = resolveRoot('UseServerWebpackPlugin', compiler, options.root);
  checkManifestNames('UseServerWebpackPlugin', options);
  checkIdPrefix('UseServerWebpackPlugin', options);
  const ids = options.ids ?? 'path';
  const serverManifest = options.serverManifest ?? 'server-actions-manifest.json';
  const report = reportFiles('UseServerWebpackPlugin', options.report, serverManifest);
  return {
    root,
    include: list(options.include ?? '**'),
    exclude: [...list(options.exclude ?? []), ...(options.include ? [] : BUILD_FOLDERS)],
    ids,
    idSecret: readIdSecret(ids, process.env),
    idPrefix: options.idPrefix,
    callServer: options.callServer,
    parserPlugins: options.parserPlugins ?? [],
    serverManifest,
    clientManifest: options.clientManifest ?? 'react-client-manifest.json',
    ssrManifest: options.ssrManifest ?? 'react-ssr-manifest.json',
    report,
    details: wantsDetails(compiler, report),
  };
}

function list(value: string | string[]): string[] {
  return typeof value === 'string' ? [value] : value;
}
