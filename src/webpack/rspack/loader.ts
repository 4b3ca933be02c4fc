import type {LoaderContext} from 'webpack';
import {findFormat} from '../../resolution/moduleFormat.ts';
import type {CompileOptions} from '../compileModule.ts';
import {hostOfLoader} from '../fileHost.ts';
import {findInWebpack, noDependencies} from '../findInWebpack.ts';
import {pitchWith} from '../loader.ts';
import {loaderOptionsOf} from './loaderRule.ts';

/** As `../loader.ts`, for Rspack, where no hook tells the loader in which format a module is run. */
export function pitch(this: LoaderContext<CompileOptions>): void {
  const options = loaderOptionsOf(this._compiler!);
  pitchWith(this, async () => {
    const format = await findInWebpack(
      findFormat(this.resourcePath),
      hostOfLoader(this),
      noDependencies(),
    );
    return {...options, format};
  });
}
