/** `https://*.example.com`, or with a port. `localhost` alone may stand directly behind the asterisk. */
const WILDCARD = /^(https?:\/\/)\*\.((?:[^.*/?#@:]+\.)+[^.*/?#@:]+|localhost)(:\d+)?$/;
/** What an asterisk stands for: one label of a host, as browsers write it. */
const LABEL = '[a-z0-9_-]+';

/**
 * Checks the option `allowedOrigins`: origins as browsers write them, and wildcards, whose asterisk
 * stands for the first label of a host, and for one label only.
 *
 * @returns whether an `Origin` is one of them
 * @throws TypeError for what no browser would send as an `Origin`
 */
export function parseAllowedOrigins(origins: readonly string[]): (origin: string) => boolean {
  if (!Array.isArray(origins)) {
    throw new TypeError(
      `allowedOrigins must be an array of origins, ["https://app.example"], but is ${JSON.stringify(origins)}.`,
    );
  }
  const exact = new Set<string>();
  const patterns: RegExp[] = [];
  for (const origin of origins) {
    if (typeof origin !== 'string') throw notAnOrigin(origin);
    if (origin.includes('*')) patterns.push(parseWildcard(origin));
    else if (isOrigin(origin)) exact.add(origin);
    else throw notAnOrigin(origin);
  }
  return (origin) => exact.has(origin) || patterns.some((pattern) => pattern.test(origin));
}

function parseWildcard(origin: string): RegExp {
  const [, scheme, host, port = ''] = WILDCARD.exec(origin) ?? [];
  if (!isOrigin(`${scheme}label.${host}${port}`)) {
    throw new TypeError(
      `allowedOrigins: ${JSON.stringify(origin)} is not an origin with a wildcard. Write "https://*.example.com": one asterisk, which stands for the first label of the host, before a domain that is all yours.`,
    );
  }
  const rest = `${host}${port}`.replaceAll('.', '\\.');
  return new RegExp(`^${scheme}${LABEL}\\.${rest}$`);
}

function isOrigin(text: string): boolean {
  return text !== 'null' && URL.canParse(text) && new URL(text).origin === text;
}

function notAnOrigin(origin: unknown): TypeError {
  return new TypeError(
    `allowedOrigins: ${JSON.stringify(origin)} is not an origin. Write scheme, host and port as browsers do, without a path: "https://app.example", "http://localhost:3000", "https://*.app.example".`,
  );
}
