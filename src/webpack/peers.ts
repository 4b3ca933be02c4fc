import {installedVersion} from '../references/installedVersion.ts';
import {assertPeers, PeerError} from '../references/peers.ts';

/** What is wrong with the installed packages of React, as a message, or null. */
export function peerProblem(): string | null {
  try {
    assertPeers(installedVersion);
    return null;
  } catch (error) {
    if (error instanceof PeerError) return error.message;
    throw error;
  }
}
