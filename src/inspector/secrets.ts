/** Headers that hold what only their owner may know. */
const SECRET =
  /^(?:cookie|authorization|proxy-authorization|x-(?:api|auth|csrf|xsrf)[\w-]*|.*-token)$/i;
const MASK = '••••';

/** The value of a header without what is secret in it. */
export function maskHeader(name: string, value: string): string {
  if (!SECRET.test(name)) return value;
  if (name.toLowerCase() === 'cookie') {
    return value
      .split(';')
      .map((pair) => maskPair(pair.trim()))
      .join('; ');
  }
  const scheme = /^(\w+) /.exec(value)?.[1];
  return scheme ? `${scheme} ${MASK}` : MASK;
}

/** A `Set-Cookie`, whose attributes are no secret. */
export function maskCookie(header: string): string {
  const [pair = '', ...attributes] = header.split(';');
  return [maskPair(pair), ...attributes].join(';');
}

function maskPair(pair: string): string {
  const end = pair.indexOf('=');
  return end < 0 ? MASK : `${pair.slice(0, end)}=${MASK}`;
}
