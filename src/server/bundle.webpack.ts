/*
 * In the place of bundle.ts in a bundle that UseServerWebpackPlugin made. webpack puts its own
 * functions where the free variables are (https://webpack.js.org/api/module-variables/).
 */
import type {BundleLocations} from '../references/manifests.ts';
import type {Bundle} from './bundle.ts';

declare const __webpack_require__: ((id: string | number) => unknown) & {
  useServer: BundleLocations & Pick<Bundle, 'fileBeside'>;
};
declare const __webpack_chunk_load__: (id: string | number) => Promise<unknown>;

export const bundle: Bundle = {
  ...__webpack_require__.useServer,
  async load({id, chunks, async: isAsync}) {
    await Promise.all(chunks.map((chunk) => __webpack_chunk_load__(chunk)));
    const exports = __webpack_require__(id);
    return {exports: isAsync ? await exports : exports};
  },
};

export const importedReact: typeof import('./bundle.ts').importedReact = () => bundle.react;
