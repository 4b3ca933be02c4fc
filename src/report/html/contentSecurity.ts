import {contentHash} from '../../ui/contentHash.ts';

/** Lets a page run its own script and nothing else: what a name in it might smuggle in stays text. */
export function contentSecurity(styles: string, script: string): string {
  const policy = [
    "default-src 'none'",
    `style-src ${contentHash(styles)}`,
    `script-src ${contentHash(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
}
