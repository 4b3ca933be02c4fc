import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type {Compiler} from 'webpack';
import {buildMarker, isOwnMarker} from '../references/buildMarker.ts';

const NAME = 'UseServerWebpackPlugin';

/**
 * Lets a server that Node runs from its sources know that webpack, in watch mode, is building: what it has
 * read of the manifests is about to change.
 *
 * @param manifests file names, relative to `output.path`
 */
export function markBuilds(compiler: Compiler, manifests: readonly string[]): void {
  const begin = () => {
    if (compiler.watchMode) for (const file of markersOf(compiler, manifests)) writeMarker(file);
  };
  const end = () => {
    for (const file of markersOf(compiler, manifests)) removeMarker(file);
  };
  compiler.hooks.watchRun.tap(NAME, begin);
  // Earlier than `watchRun`, which waits for further changes.
  compiler.hooks.invalid.tap(NAME, begin);
  compiler.hooks.done.tap(NAME, end);
  compiler.hooks.failed.tap(NAME, end);
  compiler.hooks.watchClose.tap(NAME, end);
}

function markersOf({outputPath}: Compiler, manifests: readonly string[]): string[] {
  return manifests.map((name) =>
    buildMarker(path.resolve(outputPath, name), {crypto, fs, os, path}),
  );
}

function removeMarker(file: string): void {
  try {
    if (isOwnMarker(file, {fs, path})) fs.rmSync(file, {force: true});
  } catch {
    // A server that waits for the build gives up after a while.
  }
}

function writeMarker(file: string): void {
  try {
    fs.mkdirSync(path.dirname(file), {recursive: true, mode: 0o700});
    // Not through a link that another user has put there: the folder is below one that all can write to.
    if (!isOwnMarker(file, {fs, path})) return;
    fs.rmSync(file, {force: true});
    fs.writeFileSync(file, String(process.pid), {flag: 'wx', mode: 0o600});
  } catch {
    // Without it, a server does not wait for the build: it is a convenience.
  }
}
