import {createHash} from 'node:crypto';

/** Lets a page run its own script and nothing else: what a name in it might smuggle in stays text. */
export function contentSecurity(styles: string, script: string): string {
  const policy = [
    "default-src 'none'",
    `style-src '${hash(styles)}'`,
    `script-src '${hash(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
}

function hash(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}
