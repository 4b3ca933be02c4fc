import {STYLES} from './styles.ts';

/** What {@link htmlPage} makes a page of. */
export interface HtmlPage {
  title: string;
  /** HTML in the head, before the styles. */
  head?: string;
  /** HTML of the body. */
  body: string;
  /** CSS of this page, after the common one. */
  styles?: string;
  /** A module script at the end of the body. */
  script?: string;
}

/** One file that shows without a network: styles and script are in it. */
export function htmlPage({title, head = '', body, styles = '', script}: HtmlPage): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
${head}<title>${escapeHtml(title)}</title>
<style>${STYLES}${styles}</style>
${body}
${script === undefined ? '' : `<script type="module">${script}</script>\n`}</html>
`;
}

/** For text between tags and in attributes with double quotes. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** Data for a script in a page, in which nothing ends the script. */
export function scriptData(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', String.raw`\u003c`)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`);
}
