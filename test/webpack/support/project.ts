import {fork, type ChildProcess} from 'node:child_process';
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
/** Below the repository, so that projects find its packages, as an installed project finds its own. */
const projects = join(repository, '.cache/webpack-tests');

export interface BuildResult {
  /** What webpack's command line shows of errors and warnings. */
  printed: string;
  errors: string[];
  warnings: string[];
  /** Every emitted file: name, relative to the output folder, to text. */
  files: Record<string, string>;
}

/** A folder with a small app in it. */
export class Project {
  readonly folder: string;

  constructor(name: string, files: Record<string, string>) {
    this.folder = join(projects, name);
    rmSync(this.folder, {recursive: true, force: true});
    this.write({'package.json': '{"private": true}', ...files});
  }

  write(files: Record<string, string>): void {
    for (const [path, text] of Object.entries(files)) {
      const filename = join(this.folder, path);
      mkdirSync(dirname(filename), {recursive: true});
      writeFileSync(filename, text);
    }
  }

  remove(path: string): void {
    rmSync(join(this.folder, path), {recursive: true});
  }

  /**
   * @param config further properties of the webpack config, as JavaScript: `mode: 'production'`
   * @param pluginOptions as JavaScript
   */
  configure(config = '', pluginOptions = ''): string {
    const configFile = join(this.folder, 'webpack.config.mjs');
    writeFileSync(
      configFile,
      `import {createRequire} from 'node:module';
import {UseServerWebpackPlugin, getCompilationHooks} from 'use-server-webpack-plugin';
const require = createRequire(import.meta.url);
const context = ${JSON.stringify(this.folder)};
const overrides = {${config}};
export default {
  context,
  entry: './src/index.js',
  mode: 'development',
  devtool: false,
  performance: {hints: false},
  ...overrides,
  output: {path: context + '/dist', clean: true, ...overrides.output},
  plugins: [new UseServerWebpackPlugin(${pluginOptions}), ...(overrides.plugins ?? [])],
};
`,
    );
    return configFile;
  }

  /** Builds once. Throws what webpack or the config threw. */
  async build(config?: string, pluginOptions?: string): Promise<BuildResult> {
    const configFile = this.configure(config, pluginOptions);
    return (shared ??= new BuildProcess()).request({type: 'build', configFile});
  }

  /** As `build`, in a process that has only what `build` has left on the disk. */
  async buildSeparately(config?: string, pluginOptions?: string): Promise<BuildResult> {
    const configFile = this.configure(config, pluginOptions);
    return (separate ??= new BuildProcess()).request({type: 'build', configFile});
  }

  /**
   * As `build`, in a process that has built nothing before.
   *
   * @param webpackPackage under which webpack is installed
   */
  async buildAfresh(
    config?: string,
    pluginOptions?: string,
    webpackPackage?: string,
  ): Promise<BuildResult> {
    this.configure(config, pluginOptions);
    return this.buildConfigured(webpackPackage);
  }

  /** As `buildAfresh`, by the config file that is there. */
  async buildConfigured(webpackPackage?: string): Promise<BuildResult> {
    const configFile = join(this.folder, 'webpack.config.mjs');
    const process = new BuildProcess();
    try {
      return await process.request({type: 'build', configFile, webpackPackage});
    } finally {
      await process.stop();
    }
  }

  /** Builds after every change, until `stop()`. */
  async watch(config?: string, pluginOptions?: string): Promise<Watch> {
    const watch = new Watch(this.configure(config, pluginOptions));
    await watch.until(() => true);
    return watch;
  }
}

let shared: BuildProcess | undefined;
let separate: BuildProcess | undefined;

/** To be called when a test file ends. */
export async function stopBuilding(): Promise<void> {
  await Promise.all([shared?.stop(), separate?.stop()]);
  shared = separate = undefined;
}

class BuildProcess {
  readonly child: ChildProcess;

  constructor() {
    this.child = fork(fileURLToPath(new URL('buildProcess.mjs', import.meta.url)), {
      execArgv: [],
      env: {...process.env, NODE_OPTIONS: ''},
    });
  }

  request(message: object): Promise<BuildResult> {
    return new Promise((fulfil, reject) => {
      const onExit = () => reject(new Error('The process that runs webpack has ended.'));
      this.child.once('exit', onExit);
      this.child.once('message', (result: BuildResult & {thrown?: string}) => {
        this.child.off('exit', onExit);
        if (result.thrown === undefined) fulfil(result);
        else reject(new Error(result.thrown));
      });
      this.child.send(message);
    });
  }

  async stop(): Promise<void> {
    const ended = new Promise((fulfil) => this.child.once('exit', fulfil));
    this.child.send({type: 'stop'});
    await ended;
  }
}

export class Watch {
  readonly #process = new BuildProcess();
  #results: BuildResult[] = [];
  #wake: () => void = () => {};

  /** @param webpackPackage under which webpack is installed */
  constructor(configFile: string, webpackPackage?: string) {
    this.#process.child.on('message', (result: BuildResult) => {
      this.#results.push(result);
      this.#wake();
    });
    this.#process.child.send({type: 'watch', configFile, webpackPackage});
  }

  /** The next result for which `condition` holds. Jest's time limit ends the wait for it. */
  async until(condition: (result: BuildResult) => boolean): Promise<BuildResult> {
    for (;;) {
      const result = this.#results.shift();
      if (result && condition(result)) return result;
      if (!result) await new Promise<void>((fulfil) => (this.#wake = fulfil));
    }
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }
}
