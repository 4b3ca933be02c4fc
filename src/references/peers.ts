/** React is missing, too old, or installed in versions that do not fit together. */
export class PeerError extends Error {
  override readonly name = 'PeerError';
  readonly code = 'ERR_USE_SERVER_PEER';
}

/** React's packages: one program, so all of one version. */
export const PEERS = ['react', 'react-dom', 'react-server-dom-webpack'] as const;

/** The first version whose wire format this package speaks, and the major after it. */
const MINIMUM = [19, 3, 1] as const;
const RANGE = `^${MINIMUM.join('.')}`;

/**
 * Checks the peers before anything of them is loaded, so that the first message is about the cause.
 *
 * @param readVersion the installed version of a package, `null` when it is missing
 * @throws {PeerError} which says what to install
 */
export function assertPeers(readVersion: (name: string) => string | null): void {
  const versions = PEERS.flatMap((name): PeerVersion[] => {
    const version = readVersion(name);
    return version === null ? [] : [{name, version}];
  });
  const found = new Set(versions.map(({name}) => name));
  const missing = PEERS.filter((name) => !found.has(name));
  if (missing.length > 0) {
    throw new PeerError(
      `use-server-webpack-plugin needs ${list(missing)}, which ${missing.length === 1 ? 'is' : 'are'} not installed. Type:\n\n  ${installCommand(RANGE)}\n`,
    );
  }

  assertVersions(versions);
}

/** A package of React's, as it was found. */
export interface PeerVersion {
  name: string;
  version: string;
}

/**
 * Checks those that were found. Among the versions that are too old are some with which a request can run
 * code on the server (CVE-2025-55182).
 *
 * @throws {PeerError} which says what to install
 */
export function assertVersions(versions: readonly PeerVersion[]): void {
  const unsupported = versions.filter(({version}) => !isSupported(version));
  if (unsupported.length > 0) {
    throw new PeerError(
      `use-server-webpack-plugin needs ${RANGE} of React's packages, but found ${list(unsupported.map(describe))}.${unsupported.some(isOlder) ? ' Older versions have known vulnerabilities.' : ''} Type:\n\n  ${installCommand(RANGE)}\n`,
    );
  }

  const newest = versions
    .map(({version}) => version)
    .sort(compareVersions)
    .at(-1);
  if (newest !== undefined && versions.some(({version}) => version !== newest)) {
    throw new PeerError(
      `React's packages must all have the same version, but found ${list(versions.map(describe))}. Type:\n\n  ${installCommand(newest)}\n`,
    );
  }
}

/** Prereleases and experimental builds (`0.0.0-experimental-...`) come with a wire format of their own. */
function isSupported(version: string): boolean {
  const numbers = numbersOf(version);
  return (
    !version.includes('-') && numbers[0] === MINIMUM[0] && compareNumbers(numbers, MINIMUM) >= 0
  );
}

function isOlder({version}: PeerVersion): boolean {
  return compareNumbers(numbersOf(version), MINIMUM) < 0;
}

function compareVersions(a: string, b: string): number {
  return compareNumbers(numbersOf(a), numbersOf(b));
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((part, i) => part !== b[i]);
  return index === -1 ? 0 : a[index]! - b[index]!;
}

function numbersOf(version: string): number[] {
  return version.split('.', 3).map((part) => parseInt(part, 10));
}

function describe({name, version}: PeerVersion): string {
  return `${name}@${version}`;
}

function installCommand(version: string): string {
  return `npm install ${PEERS.map((name) => `${name}@${version}`).join(' ')}`;
}

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
