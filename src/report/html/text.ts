import {escapeHtml} from '../../ui/html.ts';
import {plain} from '../renderText.ts';
import type {ReportedFunction} from '../report.ts';

/** Text of a report for a page. Names of files can hold tags, and characters that turn text around. */
export function text(value: string | number): string {
  return escapeHtml(plain(String(value)));
}

/** The id of the part of the page that is about a function, which is its link too. */
export function anchorOf({id}: Pick<ReportedFunction, 'id'>): string {
  return `fn:${encodeURIComponent(plain(id)).replaceAll('%2F', '/').replaceAll('%24', '$')}`;
}

/** With the folder in a softer colour, and places where a line may break. */
export function pathHtml(path: string): string {
  const end = path.lastIndexOf('/') + 1;
  const breakable = (part: string) => text(part).replaceAll('/', '/<wbr>');
  return `<span class="folder">${breakable(path.slice(0, end))}</span>${text(path.slice(end))}`;
}

/** `1.2 kB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const kilobytes = bytes / 1000;
  if (kilobytes < 1000) return `${kilobytes.toFixed(kilobytes < 10 ? 1 : 0)} kB`;
  return `${(kilobytes / 1000).toFixed(1)} MB`;
}
