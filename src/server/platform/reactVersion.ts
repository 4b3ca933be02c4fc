import {version} from 'react';
import {assertVersions} from '../../references/peers.ts';
import {importedReact} from '../bundle.ts';

let isChecked = false;

/**
 * Refuses versions of React with another wire format, or with known vulnerabilities, wherever the
 * server was built or started without the check of the plugin or the Node hooks.
 *
 * @throws {PeerError} which says what to install
 */
export function assertReact(): void {
  if (isChecked) return;
  const others = importedReact().filter(
    (found) => found.name !== 'react' || found.version !== version,
  );
  assertVersions([{name: 'react', version}, ...others]);
  isChecked = true;
}
