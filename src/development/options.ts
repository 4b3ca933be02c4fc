import {parseAllowedHosts} from '../references/allowedHosts.ts';

/** Options of `developmentServer`. Every one has a default. */
export interface DevelopmentServerOptions {
  /**
   * Name of the entry that is the server, where the server config has several.
   *
   * @default the only one
   */
  entry?: string | undefined;
  /**
   * Arguments of Node for the server's process: `['--inspect']` to debug it.
   *
   * @default ['--enable-source-maps']
   */
  execArgv?: string[] | undefined;
  /**
   * Names under which browsers may reach the dev server, beside `localhost`, names below it and IP
   * addresses: `app.example`, or `.app.example` for it and all names below it; `'all'` to check nothing.
   * Requests for other hosts are answered with 403, since a page of another site may be behind them
   * (DNS rebinding).
   *
   * @default `devServer.allowedHosts` of the configs, else none
   */
  allowedHosts?: 'all' | readonly string[] | undefined;
}

/** @throws TypeError for an option that is unknown or of the wrong type */
export function checkOptions(options: DevelopmentServerOptions): void {
  const {entry, execArgv, allowedHosts, ...unknown} = options;
  const [name] = Object.keys(unknown);
  if (name !== undefined) {
    throw new TypeError(
      `developmentServer has no option "${name}". There are: entry, execArgv, allowedHosts.`,
    );
  }
  if (entry !== undefined && typeof entry !== 'string') {
    throw new TypeError('The option "entry" of developmentServer must be the name of an entry.');
  }
  if (execArgv !== undefined && !isStringArray(execArgv)) {
    throw new TypeError(
      `The option "execArgv" of developmentServer must be an array of strings: ['--inspect'].`,
    );
  }
  if (allowedHosts !== undefined) parseAllowedHosts(allowedHosts);
}

function isStringArray(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
