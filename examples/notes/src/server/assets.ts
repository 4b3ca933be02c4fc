/** Where browsers load a file from that webpack made. webpack.shared.js puts it there. */
export function assetPath(file: string): string {
  const release = process.env.NOTES_RELEASE;
  return release ? `/assets/${release}/${file}` : `/assets/${file}`;
}

/** One folder of scripts and styles, and one for each release in it, are public; what is beside is not. */
export function isAsset(pathname: string): boolean {
  return /^\/assets\/(?:[\w-]+\/)?[\w.-]+\.(?:js|css|map)$/.test(pathname);
}
