import {buildMarker, isOwnMarker} from '../../references/buildMarker.ts';
import {builtinModule} from '../platform/builtinModule.ts';

/** Milliseconds: a build that takes longer is not waited for. */
const LONGEST_WAIT = 5000;
const PAUSE = 30;

/**
 * Whether a webpack in watch mode is about to write a manifest. One that was killed is not.
 *
 * @param manifest absolute path
 */
export function isBuilding(manifest: string): boolean {
  return builderOf(manifest) !== undefined;
}

/**
 * Waits until webpack has written a manifest, if it is about to.
 *
 * @param manifest absolute path
 * @returns a promise that is fulfilled after some seconds in any case
 */
export async function buildEnd(manifest: string): Promise<void> {
  const start = Date.now();
  while (isBuilding(manifest) && Date.now() - start < LONGEST_WAIT) {
    await new Promise((fulfil) => setTimeout(fulfil, PAUSE));
  }
}

/**
 * The same where nothing can be awaited. The process stands still meanwhile, so a webpack in this process is
 * not waited for.
 */
export function blockUntilBuilt(manifest: string): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  const start = Date.now();
  for (;;) {
    const builder = builderOf(manifest);
    const isOther = builder !== undefined && builder !== process.pid;
    if (!isOther || Date.now() - start >= LONGEST_WAIT) return;
    Atomics.wait(clock, 0, 0, PAUSE);
  }
}

/** The id of the process that builds. */
function builderOf(manifest: string): number | undefined {
  const fs = builtinModule('node:fs');
  const os = builtinModule('node:os');
  const path = builtinModule('node:path');
  const crypto = builtinModule('node:crypto');
  if (!fs || !os || !path || !crypto) return undefined;
  try {
    const marker = buildMarker(manifest, {crypto, fs, os, path});
    if (!isOwnMarker(marker, {fs, path})) return undefined;
    const pid = Number(fs.readFileSync(marker, 'utf8'));
    return pid > 0 && isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It is there, and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
