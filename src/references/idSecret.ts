import type {IdFormat} from './ids.ts';

const VARIABLE = 'USE_SERVER_ID_SECRET';
const BYTES = 32;
const HOW_TO_MAKE_ONE = `node -e "console.log(require('crypto').randomBytes(${BYTES}).toString('base64'))"`;

/**
 * The secret of hashed ids in the environment: of a build, and of Node where it compiles itself.
 *
 * @returns `undefined` when there is none, or when ids are not hashed
 * @throws {TypeError} when it is not 32 bytes in base64, or the same byte 32 times
 */
export function readIdSecret(ids: IdFormat, env: NodeJS.ProcessEnv): string | undefined {
  const value = env[VARIABLE]?.trim();
  if (ids !== 'hashed' || !value) return undefined;
  const bytes = Buffer.from(value, 'base64');
  // Buffer passes over what is not base64.
  const isBase64 = bytes.toString('base64').replace(/=+$/, '') === value.replace(/=+$/, '');
  const isSecret = isBase64 && bytes.length === BYTES && new Set(bytes).size > 1;
  if (isSecret) return value;
  throw new TypeError(
    `The environment variable ${VARIABLE} must be ${BYTES} random bytes in base64. Make them with: ${HOW_TO_MAKE_ONE}`,
  );
}
