export {developmentServer, type DevelopmentServer} from './developmentServer.ts';
export type {DevelopmentServerOptions} from './options.ts';
