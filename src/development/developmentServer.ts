import type {IncomingMessage, ServerResponse} from 'node:http';
import {createProxyServer} from 'httpxy';
import type {Compiler, MultiCompiler} from 'webpack';
import {Builds, compilersOf, findServerCompiler} from './builds.ts';
import {DevelopmentError} from './developmentError.ts';
import {hostsOfDevServer} from './devServerHosts.ts';
import {refuseHost, refuseOrigin, sendError, wantsPage} from './errorPage.ts';
import {checkOptions, type DevelopmentServerOptions} from './options.ts';
import {parseAllowedHosts} from '../references/allowedHosts.ts';
import {foreignHost, isFromOtherOrigin, originForm} from './requestSource.ts';
import {Runner} from './runner.ts';
import type {ServerProcess} from './serverProcess.ts';
import {Updates, UPDATES_PATH} from './updates.ts';

const NAME = 'use-server-webpack-plugin/development';

/**
 * A middleware for Express, Connect, and the dev servers that are made of them.
 *
 * @param request as Node gives it
 * @param response as Node gives it
 */
export type DevelopmentServer = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Runs the server that webpack builds while you work on it, and gives it all requests. After each
 * build that changes the server, a new process takes over when it listens; the one before answers the
 * requests that it has, and ends. While there is no server, because something is wrong, the browser
 * shows what. Pages hear of changes by `onServerUpdate()` of `use-server-webpack-plugin/client`.
 *
 * The server has to listen on the port in the environment variable `PORT`. It ends with the watching
 * of the compiler.
 *
 * Requests for another host than `allowedHosts` has are answered with 403, and so are those of other
 * origins for what is wrong or has changed.
 *
 * @param compiler of the configs that have the plugins of `createUseServer()`, watched by a dev server
 * @param options see {@link DevelopmentServerOptions}
 * @returns the last middleware: it answers every request
 * @throws Error when no config has the "server" plugin, or more than one
 * @throws TypeError for an option that is unknown or of the wrong type
 * @example
 * // webpack-dev-server
 * setupMiddlewares: (middlewares, {compiler}) => [...middlewares, developmentServer(compiler)],
 * @example
 * // webpack-dev-middleware
 * app.use(webpackDevMiddleware(compiler, {hot: true}));
 * app.use(developmentServer(compiler));
 */
export function developmentServer(
  compiler: Compiler | MultiCompiler,
  options: DevelopmentServerOptions = {},
): DevelopmentServer {
  checkOptions(options);
  const server = findServerCompiler(compiler);
  const allowsHost = parseAllowedHosts(
    options.allowedHosts ?? hostsOfDevServer(compilersOf(compiler)),
  );
  const logger = server.getInfrastructureLogger(NAME);
  const updates = new Updates();
  const builds = new Builds(compiler, server, options.entry, () => void announce());
  const fail = (error: DevelopmentError) => {
    const {title, details} = error;
    updates.publish({title, details});
    // webpack and the server have printed the details themselves.
    logger.error(title);
  };
  const runner = new Runner({
    execArgv: options.execArgv ?? ['--enable-source-maps'],
    nodeEnv: server.options.mode === 'development' ? 'development' : 'production',
    settled: () => builds.settled(),
    warn: (message) => logger.warn(message),
    onCrash: fail,
  });
  const proxy = createProxyServer({proxyTimeout: 0});

  async function announce(): Promise<void> {
    try {
      await runner.running();
      const outcome = await builds.settled();
      if (outcome instanceof DevelopmentError) return;
      updates.publish({serverGraph: outcome.serverGraph});
    } catch (error) {
      fail(error as DevelopmentError);
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const found = await findServer(request);
    if (found instanceof DevelopmentError) return sendError(request, response, found);
    // Compressing would gather what is to be streamed. (The middleware "compression" asks this late.)
    delete request.headers['accept-encoding'];
    found.hold(response);
    try {
      await proxy.web(request, response, {target: await found.address});
    } catch (error) {
      if (response.headersSent || response.destroyed) response.destroy();
      else sendError(request, response, await reasonOf(found, error as Error));
    }
  }

  /** Pages show what is wrong. Those that are open go on with the server that works. */
  async function findServer(request: IncomingMessage): Promise<ServerProcess | DevelopmentError> {
    try {
      return await runner.running();
    } catch (error) {
      return (wantsPage(request) ? undefined : runner.fallback) ?? (error as DevelopmentError);
    }
  }

  const close = () => {
    runner.stop();
    updates.close();
  };
  server.hooks.watchClose.tap(NAME, close);
  server.hooks.shutdown.tap(NAME, close);

  return (request, response) => {
    const foreign = foreignHost(request, allowsHost);
    if (foreign !== undefined) return refuseHost(response, foreign);
    request.url = originForm(request.url ?? '/');
    if (request.url.split('?')[0] !== UPDATES_PATH) return void answer(request, response);
    if (isFromOtherOrigin(request)) refuseOrigin(response);
    else updates.connect(request, response);
  };
}

async function reasonOf(server: ServerProcess, error: Error): Promise<DevelopmentError> {
  if (server.hasEnded) return server.ended;
  return new DevelopmentError('The server has not answered', String(error.stack));
}
