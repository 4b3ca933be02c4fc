import type {Compiler} from 'webpack';

type NormalModuleFactory = ReturnType<Compiler['createNormalModuleFactory']>;

const NAME = 'UseServerWebpackPlugin';
const FUNCTIONS = ['__webpack_require__', '__webpack_chunk_load__'] as const;
/** React's packages are CommonJS. */
const TYPES = ['javascript/auto', 'javascript/dynamic'] as const;

/**
 * Gives React's decoders the functions of `src/server/moduleShim.ts`, as in plain Node, and not those
 * of the bundle: webpack's own `__webpack_require__` would load every module that a request names.
 */
export function connectReact(normalModuleFactory: NormalModuleFactory, {webpack}: Compiler): void {
  const {ConstDependency} = webpack.dependencies;
  for (const type of TYPES) {
    normalModuleFactory.hooks.parser.for(type).tap(NAME, (parser) => {
      for (const name of FUNCTIONS) {
        parser.hooks.expression.for(name).tap(NAME, (expression) => {
          const {module} = parser.state;
          if (!/[\\/]react-server-dom-webpack[\\/]/.test(module.resource)) return undefined;
          const replacement = new ConstDependency(`globalThis.${name}`, expression.range!);
          module.addPresentationalDependency(replacement);
          return true;
        });
      }
    });
  }
}
