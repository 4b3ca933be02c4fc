/**
 * The look of the pages that the package itself shows: the report, the inspector, errors in development
 * and the page to try the compiler. Pages add what only they need.
 *
 * Two colours carry a meaning everywhere: warm is what runs on the server, cool what runs in the browser.
 * `--sealed` is what travels encrypted. Text on `--page` and `--card` has a contrast of 4.5 or more, in both
 * schemes; `data-theme` on the root chooses one against the system's.
 */
export const STYLES = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f7f9, #121419);
  --card: light-dark(#ffffff, #1b1e25);
  --raised: light-dark(#eef0f4, #252932);
  --line: light-dark(#dde1e8, #323844);
  --field-line: light-dark(#868e9c, #767e8c);
  --text: light-dark(#1c2129, #e7e9ee);
  --soft: light-dark(#57606d, #a7aebb);
  --accent: light-dark(#2556b8, #93b4f8);
  --on-accent: light-dark(#ffffff, #0d1a36);
  --server: light-dark(#96480b, #f2b27a);
  --server-back: light-dark(#fdf1e4, #33261a);
  --client: light-dark(#1d5fa8, #8fc1f5);
  --client-back: light-dark(#e8f1fb, #1a2937);
  --sealed: light-dark(#74359c, #d0a6ee);
  --sealed-back: light-dark(#f5ecfb, #2c2136);
  --good: light-dark(#1b6b3a, #86d3a2);
  --good-back: light-dark(#e7f5ec, #1b2d22);
  --danger: light-dark(#ab2119, #ff9d94);
  --danger-back: light-dark(#fdeceb, #371f1e);
  --radius: 10px;
  --sans: system-ui, -apple-system, 'Segoe UI', sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
:root[data-theme='light'] { color-scheme: light; }
:root[data-theme='dark'] { color-scheme: dark; }
*, ::before, ::after { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font: 0.9375rem/1.5 var(--sans);
  -webkit-text-size-adjust: none;
}
h1, h2, h3, p, ul, ol, dl, dd, figure, pre { margin: 0; }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: 1.5rem; letter-spacing: -0.01em; }
h2 { font-size: 1.0625rem; }
h3 { font-size: 0.9375rem; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
code, pre, kbd { font-family: var(--mono); font-size: 0.8125rem; }
pre { overflow-x: auto; line-height: 1.55; tab-size: 2; }
kbd {
  padding: 0 0.35em;
  border: 1px solid var(--line);
  border-bottom-width: 2px;
  border-radius: 4px;
  background: var(--raised);
}
button, input, select, textarea { font: inherit; color: inherit; }
button, select, input {
  min-height: 2.25rem;
  padding: 0.25rem 0.75rem;
  border: 1px solid var(--field-line);
  border-radius: 7px;
  background: var(--card);
}
button { cursor: pointer; font-weight: 500; }
button:hover { background: var(--raised); }
button:disabled { cursor: default; opacity: 0.6; }
button.primary { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
button.plain { border-color: transparent; background: none; color: var(--accent); }
.card { border: 1px solid var(--line); border-radius: var(--radius); background: var(--card); }
.soft { color: var(--soft); }
.chip {
  display: inline-block;
  padding: 0.05rem 0.5rem;
  border-radius: 999px;
  background: var(--raised);
  color: var(--soft);
  font-size: 0.75rem;
  font-weight: 500;
  white-space: nowrap;
}
.chip.server { background: var(--server-back); color: var(--server); }
.chip.client { background: var(--client-back); color: var(--client); }
.chip.sealed { background: var(--sealed-back); color: var(--sealed); }
.chip.good { background: var(--good-back); color: var(--good); }
.chip.danger { background: var(--danger-back); color: var(--danger); }
.visually-hidden {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
@media (prefers-reduced-motion: no-preference) {
  button { transition: background-color 0.12s; }
}
`;
