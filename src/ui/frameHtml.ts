import {frameLines} from './frame.ts';
import {escapeHtml} from './html.ts';

/** A text that may hold code frames, as HTML for a `pre` of the class `frame`. */
export function frameHtml(text: string): string {
  return frameLines(text)
    .filter(({kind}) => kind !== 'pointer')
    .map(({kind, pieces}) => {
      const html = pieces.map(
        (piece) => `<span class="${piece.kind}">${escapeHtml(piece.text)}</span>`,
      );
      return `<span class="line ${kind}">${html.join('')}\n</span>`;
    })
    .join('');
}

/** How it looks. What the pointer of the frame points to is underlined, so that no font has to fit. */
export const FRAME_STYLES = `
.frame { padding: 0.75rem 0; }
.frame .line { display: block; width: max-content; min-width: 100%; padding: 0 1rem; }
.frame .text { width: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.frame .gutter { color: var(--soft); }
.frame .marked { background: var(--danger-back); box-shadow: inset 3px 0 var(--danger); }
.frame .marked .gutter { color: var(--danger); }
.frame .mark { color: var(--danger); font-weight: 600; text-decoration: underline wavy; text-underline-offset: 3px; }
`;
