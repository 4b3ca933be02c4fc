import type {Compiler} from 'webpack';

/** An error or warning that webpack prints as it is, without a stack. */
export function plainError(
  webpack: Compiler['webpack'],
  message: string,
): InstanceType<Compiler['webpack']['WebpackError']> {
  const error = new webpack.WebpackError(message);
  error.name = 'UseServerError';
  error.hideStack = true;
  return error;
}
