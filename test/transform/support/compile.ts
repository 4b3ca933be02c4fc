import {
  transform,
  type TransformOptions,
  type TransformResult,
} from '../../../src/transform/index.ts';

export const ROOT = '/project';

/** Compiles a module at `/project/src/`, by default `Page.tsx` for the server. */
export function compile(
  source: string,
  options: Partial<TransformOptions> & {name?: string} = {},
): TransformResult {
  const {name = 'Page.tsx', ...others} = options;
  const result = transform(source, {
    filename: `${ROOT}/src/${name}`,
    root: ROOT,
    target: 'server',
    ...others,
  });
  if (!result) throw new Error('The module holds no directive.');
  return result;
}

/** Ids of the server functions, in the order of the source. */
export function ids(source: string, options: Parameters<typeof compile>[1] = {}): string[] {
  return compile(source, options).serverReferences.map(({id}) => id);
}
