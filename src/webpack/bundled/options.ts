import {realpathSync, statSync} from 'node:fs';
import {resolve} from 'node:path';
import type {validate} from 'schema-utils';
import type {Compiler} from 'webpack';
import type {IdFormat} from '../../references/ids.ts';
import {readIdSecret} from '../../references/idSecret.ts';
import type {ParserPluginItem} from '../../transform/types.ts';
import {optionsSchema} from '../optionsSchema.ts';
import {wantsDetails} from '../report/receiver.ts';
import {reportFiles, type ReportFile} from '../report/reportFiles.ts';
import {
  checkIdPrefix,
  checkManifestNames,
  resolveRoot,
  type UseServerWebpackPluginOptions,
} from '../options.ts';
import {validateAgainst} from '../validateOptions.ts';

/** Options of `createUseServer`. Every one has a default. */
export interface CreateUseServerOptions extends Pick<
  UseServerWebpackPluginOptions,
  | 'root'
  | 'ids'
  | 'idPrefix'
  | 'callServer'
  | 'parserPlugins'
  | 'serverManifest'
  | 'clientManifest'
  | 'ssrManifest'
  | 'report'
> {
  /**
   * Modules that make HTML. Wherever the server imports one, it and everything that it imports is
   * built for SSR, without the `react-server` condition. Paths with their endings, relative to `root`.
   *
   * @default []
   */
  ssr?: string | string[] | undefined;
  /**
   * `true` makes every export of every `"use server"` module callable. By default only those are that
   * a client module or a Server Component uses.
   *
   * @default false
   */
  keepUnused?: boolean | undefined;
}

/** Options with every default filled in. */
export interface LinkedOptions {
  root: string;
  ids: IdFormat;
  /** Of the environment. */
  idSecret: string | undefined;
  idPrefix: string | undefined;
  callServer: string | undefined;
  parserPlugins: readonly ParserPluginItem[];
  /** As the option has them, by absolute path. */
  ssr: ReadonlyMap<string, string>;
  keepUnused: boolean;
  serverManifest: string;
  clientManifest: string;
  ssrManifest: string;
  report: readonly ReportFile[];
  /** Whether anybody wants a report. */
  details: true | undefined;
}

const {
  root,
  ids,
  idPrefix,
  callServer,
  parserPlugins,
  serverManifest,
  clientManifest,
  ssrManifest,
  report,
} = (optionsSchema as {properties: Record<string, object>}).properties;

const schema = {
  title: 'createUseServer options',
  type: 'object',
  additionalProperties: false,
  properties: {
    root,
    ids,
    idPrefix,
    callServer,
    parserPlugins,
    serverManifest,
    clientManifest,
    ssrManifest,
    report,
    ssr: {
      description: 'Modules that make HTML, relative to root.',
      anyOf: [
        {type: 'string', minLength: 1},
        {type: 'array', items: {type: 'string', minLength: 1}},
      ],
    },
    keepUnused: {
      description: 'Whether exports that nothing uses can be called.',
      type: 'boolean',
    },
  },
} as unknown as Parameters<typeof validate>[0];

/**
 * @throws {ValidationError} of schema-utils, when an option is unknown or of the wrong type
 */
export function validateLinkedOptions(options: CreateUseServerOptions): void {
  validateAgainst(schema, options, 'createUseServer');
}

/**
 * @param compiler of the config that the plugin is in; both configs of a pair have the same ids only
 *   when `root` is the same folder for both
 * @throws Error when `root` is no folder, a module of `ssr` is no file, a manifest is named by an absolute
 *   path, or `idPrefix` is no name
 */
export function resolveLinkedOptions(
  options: CreateUseServerOptions,
  compiler: Compiler,
): LinkedOptions {
  const folder = resolveRoot('createUseServer', compiler, options.root);
  checkManifestNames('createUseServer', options);
  checkIdPrefix('createUseServer', options);
  const format = options.ids ?? 'path';
  const serverManifest = options.serverManifest ?? 'server-actions-manifest.json';
  const report = reportFiles('createUseServer', options.report, serverManifest);
  return {
    root: folder,
    ids: format,
    idSecret: readIdSecret(format, process.env),
    idPrefix: options.idPrefix,
    callServer: options.callServer,
    parserPlugins: options.parserPlugins ?? [],
    ssr: new Map([options.ssr ?? []].flat().flatMap((path) => ssrModule(folder, path))),
    keepUnused: options.keepUnused ?? false,
    serverManifest,
    clientManifest: options.clientManifest ?? 'react-client-manifest.json',
    ssrManifest: options.ssrManifest ?? 'react-ssr-manifest.json',
    report,
    details: wantsDetails(compiler, report),
  };
}

/** Under its real path too: that is how webpack names modules, unless `resolve.symlinks` is off. */
function ssrModule(root: string, path: string): [string, string][] {
  const file = resolve(root, path);
  if (!statSync(file, {throwIfNoEntry: false})?.isFile()) {
    throw new Error(
      `createUseServer: the option "ssr" names ${JSON.stringify(path)}, but there is no file ${file}. Write the path with its ending, relative to the option "root".`,
    );
  }
  return [file, realpathSync(file)].map((filename) => [filename, path]);
}
