import {readdirSync, readFileSync} from 'node:fs';
import {contentHash} from '../ui/contentHash.ts';
import {FRAME_STYLES} from '../ui/frameHtml.ts';
import {htmlPage} from '../ui/html.ts';
import {STYLES} from '../ui/styles.ts';
import {PAGE_STYLES} from './pageStyles.ts';

const OWN_STYLES = FRAME_STYLES + PAGE_STYLES;

const SCRIPT = "import './page/main.js';";

/** Nothing but what the page is made of, and nothing from elsewhere. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `script-src 'self' ${contentHash(SCRIPT)}`,
  `style-src ${contentHash(STYLES + OWN_STYLES)}`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page of the inspector, which its modules fill. */
export function inspectorPage(): string {
  return htmlPage({
    title: 'Server functions: calls',
    styles: OWN_STYLES,
    script: SCRIPT,
    body: BODY,
  });
}

const PAGE_FOLDER = new URL('page/', import.meta.url);
let modules: Map<string, string> | undefined;

/** The text of a module of the page; `undefined` when it has none of this name. */
export function pageModule(name: string): string | undefined {
  modules ??= new Map(
    readdirSync(PAGE_FOLDER)
      .filter((file) => file.endsWith('.js'))
      .map((file) => [file, readFileSync(new URL(file, PAGE_FOLDER), 'utf8')]),
  );
  return modules.get(name);
}

const BODY = `<header class="top">
<h1>Calls of server functions</h1>
<p id="connection" class="chip" role="status">Connecting</p>
<div class="tools" role="group" aria-label="Which calls are shown">
<input id="filter" type="search" placeholder="Filter by function" aria-label="Filter by function" autocomplete="off" spellcheck="false">
<select id="status" aria-label="Filter by status">
<option value="">All calls</option>
<option value="running">Running</option>
<option value="good">Succeeded</option>
<option value="threw">Failed</option>
<option value="refused">Refused</option>
</select>
<button id="pause" aria-pressed="false">Pause</button>
<button id="clear">Clear</button>
</div>
</header>
<main>
<section id="calls" aria-label="Calls, newest first" tabindex="-1">
<ol id="list"></ol>
<div id="empty"></div>
</section>
<section id="details" aria-label="Details of the call" tabindex="0"></section>
</main>
<footer class="soft"><kbd>Up</kbd> <kbd>Down</kbd> choose a call, <kbd>/</kbd> filter, <kbd>p</kbd> pause, <kbd>Esc</kbd> back to the list</footer>`;
