import {createRequire} from 'node:module';

const PEER = 'react-server-dom-webpack';
const OLDEST = [19, 3, 1] as const;

/**
 * What is wrong with the installed react-server-dom-webpack, as a message, or null. Older releases
 * have holes through which a request runs code (CVE-2025-55182), and other wire formats.
 */
export function peerProblem(): string | null {
  let version: string;
  try {
    version = createRequire(import.meta.url)(`${PEER}/package.json`).version;
  } catch {
    return `use-server-webpack-plugin needs ${PEER}, but it is not installed. Run: npm install ${PEER}@^${OLDEST.join('.')} react@^${OLDEST.join('.')} react-dom@^${OLDEST.join('.')}`;
  }
  if (isSupported(version)) return null;
  return `use-server-webpack-plugin needs ${PEER} ^${OLDEST.join('.')}, but ${version} is installed. Run: npm install ${PEER}@^${OLDEST.join('.')} react@^${OLDEST.join('.')} react-dom@^${OLDEST.join('.')}`;
}

/** Exported for its test. */
export function isSupported(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  if (major !== OLDEST[0]) return false;
  return minor > OLDEST[1] || (minor === OLDEST[1] && patch >= OLDEST[2]);
}
