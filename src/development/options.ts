/** Options of `developmentServer`. Every one has a default. */
export interface DevelopmentServerOptions {
  /**
   * Name of the entry that is the server, where the server config has several.
   *
   * @default the only one
   */
  entry?: string;
  /**
   * Arguments of Node for the server's process: `['--inspect']` to debug it.
   *
   * @default ['--enable-source-maps']
   */
  execArgv?: string[];
}

/** @throws TypeError for an option that is unknown or of the wrong type */
export function checkOptions(options: DevelopmentServerOptions): void {
  const {entry, execArgv, ...unknown} = options;
  const [name] = Object.keys(unknown);
  if (name !== undefined) {
    throw new TypeError(`developmentServer has no option "${name}". There are: entry, execArgv.`);
  }
  if (entry !== undefined && typeof entry !== 'string') {
    throw new TypeError('The option "entry" of developmentServer must be the name of an entry.');
  }
  if (execArgv !== undefined && !isStringArray(execArgv)) {
    throw new TypeError(
      `The option "execArgv" of developmentServer must be an array of strings: ['--inspect'].`,
    );
  }
}

function isStringArray(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
