/** What only the page of the inspector needs. */
export const PAGE_STYLES = `
body { display: grid; grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr); height: 100dvh; }
.top {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.5rem 0.75rem;
  padding: 0.75rem 1rem;
  border-bottom: 1px solid var(--line);
  background: var(--card);
}
.top h1 { font-size: 1.0625rem; }
.tools { display: flex; flex: 1 1 20rem; flex-wrap: wrap; justify-content: flex-end; gap: 0.5rem; }
#filter { flex: 1 1 10rem; max-width: 20rem; min-width: 0; }
main { display: grid; grid-template-columns: minmax(20rem, 27rem) minmax(0, 1fr); min-height: 0; }
#calls { overflow-y: auto; border-right: 1px solid var(--line); background: var(--card); }
#details { overflow-y: auto; padding: 1.25rem 1.5rem 3rem; }
#list { padding: 0; list-style: none; }
footer { padding: 0.35rem 1rem; border-top: 1px solid var(--line); background: var(--card); font-size: 0.8125rem; }
.row {
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  gap: 0.1rem 0.75rem;
  width: 100%;
  min-height: 0;
  padding: 0.55rem 1rem 0.6rem;
  border: 0;
  border-bottom: 1px solid var(--line);
  border-left: 3px solid transparent;
  border-radius: 0;
  background: none;
  font-weight: 400;
  text-align: left;
}
.row:focus-visible { outline-offset: -3px; }
.row[aria-current='true'] { border-left-color: var(--accent); background: var(--raised); }
.row .name { overflow: hidden; font: 600 0.875rem var(--mono); text-overflow: ellipsis; white-space: nowrap; }
.row .where, .row .when { overflow: hidden; color: var(--soft); font-size: 0.78rem; text-overflow: ellipsis; white-space: nowrap; }
.row .state { justify-self: end; }
.row .when { justify-self: end; font-variant-numeric: tabular-nums; }
.row .bar { grid-column: 1 / -1; margin-top: 0.3rem; }
.bar { display: flex; height: 4px; overflow: hidden; border-radius: 2px; background: var(--raised); }
.row[aria-current='true'] .bar { background: var(--line); }
.bar.large { height: 12px; border-radius: 4px; }
.bar svg { display: block; width: 100%; height: 100%; }
.phase-receive { --phase: var(--field-line); }
.phase-decode { --phase: var(--client); }
.phase-load { --phase: var(--soft); }
.phase-captures { --phase: var(--sealed); }
.phase-middleware { --phase: var(--good); }
.phase-function { --phase: var(--server); }
.phase-answer { --phase: color-mix(in oklab, var(--server) 60%, var(--card)); }
.phase-stream { --phase: color-mix(in oklab, var(--server) 30%, var(--card)); }
.bar rect { fill: var(--phase); }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; padding: 0; margin-top: 0.5rem; list-style: none; font-size: 0.8125rem; }
.legend li::before {
  content: '';
  display: inline-block;
  width: 0.65em;
  height: 0.65em;
  margin-right: 0.4em;
  border-radius: 2px;
  background: var(--phase);
}
.legend b { font-weight: 500; font-variant-numeric: tabular-nums; }
#empty:empty { display: none; }
#empty, .welcome { max-width: 34rem; padding: 2rem 1.25rem; }
#empty h2, .welcome h2 { margin-bottom: 0.5rem; }
#empty pre, .welcome pre { margin-top: 0.75rem; padding: 0.75rem; border-radius: 7px; background: var(--raised); }
#details > * + * { margin-top: 1.25rem; }
#details h2 { font: 600 1.25rem var(--mono); overflow-wrap: anywhere; }
#details h3 { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.5rem; margin-bottom: 0.4rem; }
#details h3 .soft { font-weight: 400; font-size: 0.8125rem; }
.facts { display: flex; flex-wrap: wrap; gap: 0.35rem 0.5rem; margin-top: 0.5rem; }
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; }
.box { padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: var(--radius); background: var(--card); overflow-x: auto; }
.box.server { border-left: 3px solid var(--server); }
.box.client { border-left: 3px solid var(--client); }
.box.sealed { border-left: 3px solid var(--sealed); }
.box.danger { border-left: 3px solid var(--danger); }
.box p + p { margin-top: 0.4rem; }
.box p { white-space: pre-line; overflow-wrap: anywhere; }
.box pre { margin-top: 0.6rem; border-radius: 7px; background: var(--page); }
.box .message { font-weight: 600; white-space: pre-wrap; overflow-wrap: anywhere; }
.tree, .tree ul { padding: 0; list-style: none; font: 0.8125rem/1.6 var(--mono); overflow-wrap: anywhere; }
.tree ul { padding-left: 1.1rem; border-left: 1px solid var(--line); }
.tree summary { cursor: pointer; }
.tree .key { color: var(--soft); }
.v-string { color: var(--good); white-space: pre-wrap; }
.v-number, .v-constant, .v-date { color: var(--client); }
.v-function, .v-symbol, .v-element { color: var(--sealed); }
.v-error { color: var(--danger); }
.v-opaque, .more { color: var(--soft); font-style: italic; }
.pairs { display: grid; grid-template-columns: minmax(7rem, max-content) minmax(0, 1fr); gap: 0.15rem 1rem; font-size: 0.8125rem; }
.pairs dt { color: var(--soft); }
.pairs dd { font-family: var(--mono); overflow-wrap: anywhere; }
.stack { padding: 0; margin-top: 0.5rem; list-style: none; font: 0.8125rem/1.6 var(--mono); overflow-wrap: anywhere; }
.stack li:not(.own) { color: var(--soft); }
dialog { max-width: min(30rem, 90vw); padding: 1.25rem 1.5rem; color: inherit; }
dialog p { margin: 0.5rem 0 1.25rem; }
.back { display: none; }
@media (max-width: 760px) {
  main { grid-template-columns: minmax(0, 1fr); }
  #calls { border-right: 0; }
  #details { display: none; padding: 1rem 1rem 3rem; }
  main.chosen #calls { display: none; }
  main.chosen #details { display: block; }
  .back { display: inline-block; }
  footer { display: none; }
  .tools { justify-content: flex-start; }
  #filter { max-width: none; }
  .pairs { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .pairs dd { margin-bottom: 0.4rem; }
}
`;
