import {frameLines} from '../ui/frame.ts';
import {FRAME_STYLES} from '../ui/frameHtml.ts';
import {STYLES} from '../ui/styles.ts';

let overlay: HTMLElement | undefined;

/**
 * Shows over the page why the server could not be built or started.
 *
 * @param title one line
 * @param details with frames and stacks
 */
export function showServerError(title: string, details: string): void {
  hideServerError();
  overlay = document.createElement('use-server-error');
  // Of its own root, so that the page's styles and the overlay's do not meet.
  const root = overlay.attachShadow({mode: 'open'});
  root.adoptedStyleSheets = [styleSheet()];
  const dialog = element('dialog', {class: 'card', 'aria-labelledby': 'title'}, [
    element('p', {class: 'chip server'}, ['Server']),
    element('h1', {id: 'title'}, [title]),
    element('pre', {class: 'frame', tabindex: '0', 'aria-label': 'Details'}, linesOf(details)),
    element('form', {method: 'dialog'}, [
      element('p', {class: 'soft'}, ['This closes by itself when the server works again.']),
      // What Escape does, for those who have no keyboard.
      element('button', {class: 'primary', autofocus: ''}, ['Close']),
    ]),
  ]);
  root.append(dialog);
  document.documentElement.append(overlay);
  dialog.showModal();
}

/** Takes it away, if it is there. */
export function hideServerError(): void {
  overlay?.remove();
  overlay = undefined;
}

function linesOf(text: string): Node[] {
  return frameLines(text)
    .filter(({kind}) => kind !== 'pointer')
    .map(({kind, pieces}) =>
      element('span', {class: `line ${kind}`}, [
        ...pieces.map((piece) => element('span', {class: piece.kind}, [piece.text])),
        '\n',
      ]),
    );
}

/** Nodes, and no HTML: a page may allow none that is made of text (Trusted Types). */
function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string>,
  children: (Node | string)[],
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Made by a script, so that no Content Security Policy keeps it away. */
function styleSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  // The common look, on this element in the place of the page.
  sheet.replaceSync(STYLES.replaceAll(':root', ':host') + FRAME_STYLES + OVERLAY_STYLES);
  return sheet;
}

const OVERLAY_STYLES = `
dialog {
  width: min(60rem, 100vw - 2rem);
  max-height: calc(100vh - 2rem);
  padding: 1.25rem 0;
  color: var(--text);
  font: 0.9375rem/1.5 var(--sans);
}
dialog[open] { display: flex; flex-direction: column; align-items: start; gap: 0.75rem; }
dialog::backdrop { background: rgb(0 0 0 / 0.45); }
dialog > :not(pre) { margin-inline: 1.25rem; }
h1 { color: var(--danger); font-size: 1.25rem; overflow-wrap: anywhere; }
pre { align-self: stretch; min-height: 3rem; overflow: auto; border-block: 1px solid var(--line); }
.frame .line { padding: 0 1.25rem; }
form { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.75rem; align-self: stretch; }
`;
