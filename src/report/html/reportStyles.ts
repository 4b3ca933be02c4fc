/** What only the report needs, beside the common look. */
export const REPORT_STYLES = `
main { max-width: 84rem; margin: 0 auto; padding: 2rem 1.5rem 3rem; display: grid; gap: 2.25rem; }
.over { font-size: 0.8125rem; margin-bottom: 0.25rem; }
header { display: grid; gap: 1.25rem; }
h1 { font-size: clamp(1.5rem, 1.1rem + 1.6vw, 2.125rem); }
.tiles { display: flex; flex-wrap: wrap; gap: 0.625rem; }
.tile {
  display: grid; align-content: start; gap: 0.125rem; min-width: 9.5rem; padding: 0.625rem 0.875rem;
  border: 1px solid var(--line); border-radius: var(--radius); text-align: left; font-weight: 400;
}
.tile strong { font-size: 1.375rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); font-size: 0.8125rem; }
.tile.danger strong { color: var(--danger); }
.tile.good strong { color: var(--good); }
.tile.sealed strong { color: var(--sealed); }
.tile:disabled { opacity: 1; background: none; }
.tile[aria-pressed='true'] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.section-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.375rem 1rem; margin-bottom: 0.75rem; }
.section-head h2 { margin-right: auto; }

.legend { display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: 0.8125rem; }
.key { display: inline-block; width: 1.75rem; margin: 0 0.4rem 0.25rem 0; border-top: 2px solid var(--client); }
.key.renders { border-top: 2px dashed var(--server); }
.graphs {
  position: relative; display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  gap: clamp(3.5rem, 14vw, 13rem); padding: 1rem;
}
.picture { max-height: 36rem; overflow: auto; }
.graphs::before {
  content: ''; position: absolute; inset: 0 auto 0 50%; border-left: 2px dotted var(--field-line); opacity: 0.5;
}
.lines { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; }
.lines g path { fill: none; stroke: var(--client); stroke-width: 1.5; opacity: 0.65; }
.lines g path.renders { stroke: var(--server); stroke-dasharray: 4 4; opacity: 0.5; }
.lines .calls path { fill: var(--client); }
.lines .renders path { fill: var(--server); }
.lines g.has-focus path { opacity: 0.1; }
.lines g.has-focus path.is-lit { opacity: 1; stroke-width: 2.25; }
.graph { position: relative; display: grid; gap: 0.5rem; align-content: start; }
.graph h3 { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 0.75rem; }
.graph h3 small { color: var(--soft); font-weight: 400; font-size: 0.75rem; }
.graph.client h3 { color: var(--client); }
.graph.server h3 { color: var(--server); }
.graph details { border-radius: 8px; background: var(--side); }
.graph.client { --side: var(--client-back); --bar: var(--client); }
.graph.server { --side: var(--server-back); --bar: var(--server); }
.graph summary { padding: 0.3rem 0.625rem; cursor: pointer; font-size: 0.75rem; border-radius: 8px; overflow-wrap: anywhere; }
.graph summary .soft { white-space: nowrap; }
.folder-name { font-family: var(--mono); }
.graph .totals { background: none; }
.graph .totals .folder-name { font-family: var(--sans); }
.graph ul { display: grid; gap: 0.25rem; padding: 0 0.375rem 0.375rem; list-style: none; }
.graph li {
  position: relative; display: flex; align-items: center; gap: 0 0.5rem;
  padding: 0.1875rem 0.5rem 0.375rem; border-radius: 6px; background: var(--card); overflow: hidden; font-size: 0.8125rem;
}
.graph li .name { min-width: 0; margin-right: auto; overflow-wrap: anywhere; font-family: var(--mono); font-size: 0.78125rem; }
.graph .size { flex: none; font-size: 0.75rem; font-variant-numeric: tabular-nums; }
.graph li .chip { font-size: 0.6875rem; padding: 0 0.4rem; }
.graph .totals li { background: none; padding-block: 0; }
.bar { position: absolute; inset: auto 0 0; width: 100%; height: 2px; }
.bar rect { fill: var(--bar); opacity: 0.55; }
.graph li.is-lit { box-shadow: 0 0 0 1.5px var(--bar); }
.empty { padding: 0.5rem; font-size: 0.8125rem; }

.tools { display: flex; flex-wrap: wrap; align-items: center; gap: 0.375rem 0.75rem; font-size: 0.8125rem; }
.tools input { width: 15rem; max-width: 100%; margin-left: 0.25rem; min-height: 2rem; }
#count { font-size: 0.8125rem; font-variant-numeric: tabular-nums; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 27rem); gap: 1.25rem; align-items: start; }
table { width: 100%; border-collapse: collapse; }
thead th { padding: 0; text-align: left; font-size: 0.75rem; font-weight: 500; color: var(--soft); border-bottom: 1px solid var(--line); }
thead th:not(:has(button)) { padding: 0.5rem 0.625rem; }
thead button { min-height: 2.25rem; padding: 0.25rem 0.625rem; border: 0; background: none; border-radius: 6px; font-size: 0.75rem; color: var(--soft); white-space: nowrap; }
thead button::after {
  content: ''; display: inline-block; width: 0.5em; height: 0.4em; margin-left: 0.4em; visibility: hidden;
  background: currentColor; clip-path: polygon(0 0, 100% 0, 50% 100%);
}
thead :is([aria-sort='ascending'], [aria-sort='descending']) button { color: var(--text); }
thead :is([aria-sort='ascending'], [aria-sort='descending']) button::after { visibility: visible; }
thead [aria-sort='ascending'] button::after { clip-path: polygon(50% 0, 100% 100%, 0 100%); }
tbody th, tbody td { padding: 0.5rem 0.625rem; border-top: 1px solid var(--line); text-align: left; vertical-align: top; font-size: 0.8125rem; font-weight: 400; }
tbody tr:first-child > * { border-top: 0; }
tbody tr { position: relative; }
tbody tr:hover { background: var(--raised); }
tbody tr:has([aria-current]) { background: var(--raised); box-shadow: inset 3px 0 var(--accent); }
tbody th a { font-family: var(--mono); font-weight: 600; color: var(--text); text-decoration: none; overflow-wrap: anywhere; }
tbody th a::after { content: ''; position: absolute; inset: 0; }
tbody th a:focus-visible { outline: none; }
tbody tr:has(a:focus-visible) { outline: 2px solid var(--accent); outline-offset: -2px; }
.place { display: block; color: var(--soft); font-size: 0.75rem; overflow-wrap: anywhere; }
.number { font-variant-numeric: tabular-nums; }
.good { color: var(--good); }
.sealed { color: var(--sealed); overflow-wrap: anywhere; }
td .sealed { font-family: var(--mono); font-size: 0.75rem; }
td code { overflow-wrap: anywhere; }
[hidden] { display: none !important; }

.panel { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow-y: auto; border-radius: var(--radius); }
.details { display: none; padding: 1.125rem 1.25rem 1.25rem; border: 1px solid var(--line); border-radius: var(--radius); background: var(--card); }
.details:target, .details.is-shown { display: block; }
.is-enhanced .details:not(.is-shown) { display: none; }
.details:focus { outline: none; }
.details h3 { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.5rem; font-size: 1.0625rem; }
.details h3 code { font-size: 1.0625rem; overflow-wrap: anywhere; }
.details .folder { color: var(--soft); }
.details code { overflow-wrap: anywhere; }
.where { margin: 0.125rem 0 0.875rem; }
.why { padding: 0.625rem 0.75rem; border-left: 3px solid var(--client); border-radius: 0 7px 7px 0; background: var(--raised); font-size: 0.875rem; }
.why.needless { border-color: var(--danger); background: var(--danger-back); }
.details dl { display: grid; gap: 0.875rem; margin-top: 1rem; }
.details dt { margin-bottom: 0.125rem; font-size: 0.75rem; color: var(--soft); }
.details dd { font-size: 0.875rem; }
.details dd ul { display: grid; gap: 0.375rem; padding: 0; list-style: none; }
.back { display: none; }

.left-out { padding: 0.75rem 1rem; }
.left-out summary { cursor: pointer; }
.left-out h2 { display: inline; font-size: 0.9375rem; }
.left-out ul { margin-top: 0.5rem; columns: 22rem; padding-left: 1.1rem; }
footer { font-size: 0.8125rem; max-width: 48rem; }
footer h2 { font-size: 0.8125rem; margin-bottom: 0.25rem; }
footer ul { padding-left: 1.1rem; }

@media (max-width: 62rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .panel { position: static; max-height: none; }
  .details, .is-enhanced .details.is-shown:not(.is-chosen) { display: none; }
  .details:target, .is-enhanced .details.is-chosen {
    display: block; position: fixed; inset: 0; z-index: 2; overflow-y: auto; border: 0; border-radius: 0;
  }
  body:has(.details:target), body:has(.details.is-chosen) { overflow: hidden; }
  .back { display: inline-block; margin-bottom: 1rem; }
  .hint { display: none; }
}
@media (max-width: 44rem) {
  main { padding: 1.25rem 1rem 2rem; gap: 1.75rem; }
  .tiles { display: grid; grid-template-columns: 1fr 1fr; }
  .tile { min-width: 0; }
  .graphs { grid-template-columns: minmax(0, 1fr); gap: 1.25rem; }
  .picture { max-height: none; }
  .graph { max-height: 24rem; overflow-y: auto; }
  .graphs::before { inset: auto; display: none; }
  .graph.server { padding-top: 1.25rem; border-top: 2px dotted var(--field-line); }
  .lines, .key { display: none; }
  .tools, .tools label { width: 100%; }
  .tools input { display: block; width: 100%; margin: 0.25rem 0 0; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { display: grid; grid-template-columns: 1fr 1fr; padding: 0.75rem 0.875rem; border-top: 1px solid var(--line); }
  tbody tr:first-child { border-top: 0; }
  tbody th, tbody td { border: 0; padding: 0.1875rem 0; }
  tbody th { grid-column: 1 / -1; }
  tbody td::before { content: attr(data-label) ' '; display: block; font-size: 0.6875rem; color: var(--soft); }
}
@media print {
  .tools, .back, .tile:disabled { display: none; }
  .columns { grid-template-columns: minmax(0, 1fr); }
  .panel, .picture { position: static; max-height: none; overflow: visible; }
}
`;
