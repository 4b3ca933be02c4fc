/** Whether a request for this host, as its `Host` header has it, is meant for this server. */
export type HostCheck = (host: string | null | undefined) => boolean;

/** The value of a `Host` header: a name or an IP address, and a port. */
const HOST = /^(\[[\da-f:.]+\]|(?!\.)[^\s:/?#@[\]\\]+?)\.?(?::\d*)?$/i;
/** A host without a port, or a domain with a dot before it. */
const LISTED = /^\.?[^\s.:/?#@[\]\\*]+(?:\.[^\s.:/?#@[\]\\*]+)*\.?$/;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/**
 * Checks the option `allowedHosts`, and gives the check of a request's host that it stands for.
 *
 * Without such a check, a page of another site can have its own name lead to this server, once it is
 * loaded (DNS rebinding): to the browser both are then one origin, and the page reads and sends what it
 * likes. The request still has the name of the other site as its `Host`.
 *
 * IP addresses, `localhost` and names below it are always allowed: none of them can be rebound, since
 * browsers do not ask DNS for them (RFC 6761, 6.3 for `localhost`). Ports do not matter, nor do upper
 * case and the dot at the end of an absolute name. Options of webpack-dev-server and Vite have the same
 * name and the same rules.
 *
 * @param hosts names of this server: `app.example`; with a dot before it, `.app.example`, also all names
 *   below it; or `'all'`, to check nothing
 * @returns a check that a request without a host does not pass
 * @throws TypeError for what is not a host
 */
export function parseAllowedHosts(hosts: 'all' | readonly string[]): HostCheck {
  if (hosts === 'all') return () => true;
  if (!Array.isArray(hosts)) {
    throw new TypeError(
      `allowedHosts must be an array of hosts, ["app.example"], or "all", but is ${JSON.stringify(hosts)}.`,
    );
  }
  const names = new Set<string>();
  const domains: string[] = [];
  for (const host of hosts as unknown[]) {
    const name = listedName(host);
    names.add(name.replace(/^\./, ''));
    if (name.startsWith('.')) domains.push(name);
  }
  return (host) => {
    const name = nameOf(host);
    if (name === undefined) return false;
    return (
      isAlwaysAllowed(name) || names.has(name) || domains.some((domain) => name.endsWith(domain))
    );
  };
}

function isAlwaysAllowed(name: string): boolean {
  return (
    name === 'localhost' || name.endsWith('.localhost') || name.startsWith('[') || IPV4.test(name)
  );
}

/** In lower case, and without a port. */
function nameOf(host: string | null | undefined): string | undefined {
  const name = HOST.exec(host ?? '')?.[1]?.toLowerCase();
  return name !== undefined && URL.canParse(`http://${name}`) ? name : undefined;
}

/** As browsers write it in `Host`: international names in Punycode. */
function listedName(host: unknown): string {
  if (typeof host !== 'string') throw notAHost(host);
  if (isIPv6(host)) return host;
  const dot = host.startsWith('.') ? '.' : '';
  const name = host.slice(dot.length);
  if (!LISTED.test(host) || !URL.canParse(`http://${name}`)) throw notAHost(host);
  return dot + new URL(`http://${name}`).hostname.replace(/\.$/, '');
}

function isIPv6(host: string): boolean {
  return /^\[?[\da-f:.]*:[\da-f:.]*:[\da-f:.]*\]?$/i.test(host);
}

function notAHost(host: unknown): TypeError {
  return new TypeError(
    `allowedHosts: ${JSON.stringify(host)} is not a host. Write its name without a scheme, port or path: "app.example", or ".app.example" for it and all names below it.`,
  );
}
