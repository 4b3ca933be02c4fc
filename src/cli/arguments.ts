import {parseArgs} from 'node:util';
import {CommandError} from './commandError.ts';

export const HELP = `Shows what strangers can call: every server function, who uses it, what guards it.

Usage: npx use-server-webpack-plugin report [options]

  --html <file>        write a page
  --json <file>        write JSON, for --diff and --from
  --diff <old.json>    show what is callable now and was not in an older report
  --fail-on-new        with --diff: exit with 1 if something is newly callable, or has lost a guard or check
  --from <file.json>   read a report instead of building

  -c, --config <file>  webpack config (webpack.config.js, .mjs, .cjs, .ts)
  --config-name <name> of several configs, the one with the plugin to report of
  --mode <mode>        production, development or none; also sets NODE_ENV where it is not set
  --env <name[=value]> for a config that is a function; may be repeated
  -h, --help           show this

Without --html, --json or --diff the report is printed. The build writes nothing, and does not use
webpack's cache. Exit codes: 0, 1 for --fail-on-new, 2 where there is no report.
`;

export interface CommandArguments {
  help: boolean;
  html: string | undefined;
  json: string | undefined;
  diff: string | undefined;
  failOnNew: boolean;
  from: string | undefined;
  build: BuildArguments;
}

export interface BuildArguments {
  config: string | undefined;
  configName: string | undefined;
  mode: Mode | undefined;
  env: string[];
}

type Mode = (typeof MODES)[number];

const MODES = ['production', 'development', 'none'] as const;

/** @throws {CommandError} for a command or an option that there is not */
export function readArguments(args: readonly string[]): CommandArguments {
  const {values, positionals} = parse(args);
  const {help = false, mode, diff, from, html, json, config} = values;
  const failOnNew = values['fail-on-new'] ?? false;
  if (!help) checkCommand(positionals);
  if (failOnNew && diff === undefined) {
    throw new CommandError('--fail-on-new needs an older report to compare with: --diff old.json');
  }
  return {
    help,
    html,
    json,
    diff,
    failOnNew,
    from,
    build: {
      config,
      configName: values['config-name'],
      mode: mode === undefined ? undefined : checkMode(mode),
      env: values.env ?? [],
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: {type: 'boolean', short: 'h'},
        html: {type: 'string'},
        json: {type: 'string'},
        diff: {type: 'string'},
        'fail-on-new': {type: 'boolean'},
        from: {type: 'string'},
        config: {type: 'string', short: 'c'},
        'config-name': {type: 'string'},
        mode: {type: 'string'},
        env: {type: 'string', multiple: true},
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message.split('. ')[0]}. See --help.`);
  }
}

function checkCommand([command, ...others]: readonly string[]): void {
  if (command === 'report' && others.length === 0) return;
  const found = command === undefined ? 'There is no command.' : '';
  const unknown = command === 'report' ? others[0] : command;
  throw new CommandError(
    `${found || `What is ${JSON.stringify(unknown)}?`} Write: npx use-server-webpack-plugin report. See --help.`,
  );
}

function checkMode(mode: string): Mode {
  const known = MODES.find((name) => name === mode);
  if (known) return known;
  throw new CommandError(`--mode is ${JSON.stringify(mode)}, but has to be ${MODES.join(', ')}.`);
}
