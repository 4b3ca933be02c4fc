// Runs in the page of a report, which holds everything: it sorts, filters, selects and draws lines. It is
// written into the page as it is, so that it imports nothing.

interface Row {
  element: HTMLTableRowElement;
  link: HTMLAnchorElement;
  keys: (string | number)[];
  text: string;
  flags: Set<string>;
}

interface Crossing {
  kind: 'calls' | 'renders';
  from: string;
  to: string;
}

const find = document.querySelector.bind(document);
const findAll = <Found extends Element>(selector: string): Found[] => [
  ...document.querySelectorAll<Found>(selector),
];

const rows: Row[] = findAll<HTMLTableRowElement>('tbody tr').map((element) => ({
  element,
  link: element.querySelector('a')!,
  keys: JSON.parse(element.dataset['keys']!),
  text: element.dataset['text']!,
  flags: new Set(element.dataset['flags']!.split(' ')),
}));
const isNarrow = matchMedia('(max-width: 62rem)');

// ---- the list

const filter = find<HTMLInputElement>('#filter')!;
const tiles = findAll<HTMLButtonElement>('.tile');
let shown = rows;

function applyFilter(): void {
  const words = filter.value.toLowerCase().split(/\s+/);
  const flags = tiles
    .filter((tile) => tile.ariaPressed === 'true')
    .map((tile) => tile.dataset['flag']!);
  shown = rows.filter(
    ({text, flags: own}) =>
      words.every((word) => text.includes(word)) && flags.every((flag) => own.has(flag)),
  );
  const kept = new Set(shown);
  for (const row of rows) row.element.hidden = !kept.has(row);
  find('#count')!.textContent =
    shown.length === rows.length ? `${rows.length} in all` : `${shown.length} of ${rows.length}`;
}

function sortBy(header: HTMLTableCellElement): void {
  const column = Number(header.dataset['column']);
  const isAscending = header.ariaSort !== 'ascending';
  for (const other of findAll<HTMLTableCellElement>('thead th')) other.ariaSort = 'none';
  header.ariaSort = isAscending ? 'ascending' : 'descending';
  rows.sort((a, b) => compare(a.keys[column]!, b.keys[column]!) * (isAscending ? 1 : -1));
  find('tbody')!.append(...rows.map(({element}) => element));
  applyFilter();
}

function compare(a: string | number, b: string | number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function makeSortable(header: HTMLTableCellElement): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = header.textContent;
  button.addEventListener('click', () => sortBy(header));
  header.replaceChildren(button);
}

// ---- what is chosen

function chosen(): Row | undefined {
  return rows.find(({link}) => link.hash === location.hash);
}

function detailsOf({link}: Row): HTMLElement | null {
  return document.getElementById(link.hash.slice(1));
}

function show(): void {
  const row = chosen();
  const visible = row ?? rows[0];
  for (const element of findAll('.details')) element.classList.remove('is-shown', 'is-chosen');
  for (const {link} of rows) link.removeAttribute('aria-current');
  if (visible) detailsOf(visible)?.classList.add('is-shown');
  if (row) {
    row.link.setAttribute('aria-current', 'true');
    const details = detailsOf(row);
    details?.classList.add('is-chosen');
    if (isNarrow.matches) details?.focus();
  }
  light(row?.element.dataset['file']);
}

/** Without the jump that a browser makes to what a link names. */
function choose(row: Row): void {
  history.pushState(null, '', row.link.hash);
  show();
}

function leaveDetails(): void {
  const row = chosen();
  history.pushState(null, '', '#functions');
  show();
  row?.link.focus();
}

// ---- the keyboard

const MOVES: Record<string, (index: number) => number> = {
  ArrowDown: (index) => index + 1,
  ArrowUp: (index) => index - 1,
  Home: () => 0,
  End: () => shown.length - 1,
};

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as HTMLElement;
  const isTyping = target.matches('input, textarea, select');
  if (event.key === '/' && !isTyping) {
    event.preventDefault();
    filter.focus();
    filter.select();
  } else if (event.key === 'Escape') {
    if (target === filter) clearFilter();
    else if (isNarrow.matches && chosen()) leaveDetails();
  } else if (target === filter && event.key === 'ArrowDown') {
    event.preventDefault();
    shown[0]?.link.focus();
  } else {
    move(event, target);
  }
}

function move(event: KeyboardEvent, target: HTMLElement): void {
  const index = shown.findIndex(({link}) => link === target);
  const next = MOVES[event.key]?.(index);
  if (index === -1 || next === undefined) return;
  event.preventDefault();
  if (next < 0) filter.focus();
  else shown[next]?.link.focus();
}

function clearFilter(): void {
  filter.value = '';
  applyFilter();
}

// ---- the lines of the picture

const graphs = find<HTMLElement>('.graphs')!;
const lines = find<SVGGElement>('.lines g')!;
const crossings = JSON.parse(find('#crossings')!.textContent) as Crossing[];
const moduleRows = new Map(
  findAll<HTMLElement>('[data-module]').map((row) => [row.dataset['module']!, row]),
);

/** The row of a module, or the closed folder that hides it. */
function rowOf(side: 'client' | 'server', path: string): HTMLElement | null {
  const row = moduleRows.get(`${side} ${path}`);
  const folder = row?.closest('details');
  return folder && !folder.open ? folder.querySelector('summary') : (row ?? null);
}

interface Line {
  client: HTMLElement;
  server: HTMLElement;
  kind: Crossing['kind'];
  count: number;
}

function visibleLines(): Line[] {
  const found: Line[] = [];
  for (const {kind, from, to} of crossings) {
    const client = rowOf('client', kind === 'calls' ? from : to);
    const server = rowOf('server', kind === 'calls' ? to : from);
    if (!client || !server) continue;
    const same = found.find(
      (line) => line.client === client && line.server === server && line.kind === kind,
    );
    if (same) same.count++;
    else found.push({client, server, kind, count: 1});
  }
  return found;
}

/** Of the folder of a row, in the picture. */
function edgeOf(row: HTMLElement): {left: number; right: number} {
  const {left, right} = row.closest('details')!.getBoundingClientRect();
  const frame = graphs.getBoundingClientRect();
  return {left: left - frame.left, right: right - frame.left};
}

function draw(): void {
  const frame = graphs.getBoundingClientRect();
  const paths = visibleLines().map((line) => {
    const from = line.client.getBoundingClientRect();
    const to = line.server.getBoundingClientRect();
    const [x1, y1] = [edgeOf(line.client).right, from.top + from.height / 2 - frame.top];
    const [x2, y2] = [edgeOf(line.server).left, to.top + to.height / 2 - frame.top];
    const middle = (x1 + x2) / 2;
    const [start, end] = [`${x1} ${y1}`, `${x2} ${y2}`];
    const [first, second] = [`${middle} ${y1}`, `${middle} ${y2}`];
    const way =
      line.kind === 'calls'
        ? `M${start}C${first} ${second} ${end}`
        : `M${end}C${second} ${first} ${start}`;
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('class', line.kind);
    path.setAttribute('d', way);
    path.setAttribute('marker-end', `url(#arrow-${line.kind})`);
    if (line.count > 1) path.setAttribute('stroke-width', String(Math.min(6, 1 + line.count / 3)));
    ends.set(path, [line.client, line.server]);
    return path;
  });
  lines.replaceChildren(...paths);
  light(chosen()?.element.dataset['file']);
}

const ends = new WeakMap<Element, [HTMLElement, HTMLElement]>();

/** Shows which lines one row has. */
function lightRow(row: HTMLElement | null): void {
  let count = 0;
  for (const other of moduleRows.values()) other.classList.remove('is-lit');
  for (const path of lines.children) {
    const isOne = row !== null && ends.get(path)!.includes(row);
    path.classList.toggle('is-lit', isOne);
    if (!isOne) continue;
    count++;
    for (const end of ends.get(path)!) end.classList.add('is-lit');
  }
  lines.classList.toggle('has-focus', count > 0);
}

/** Shows the lines of a module on the server. */
function light(file: string | undefined): void {
  const row = file === undefined ? null : rowOf('server', file);
  lightRow(row);
  if (row) bringIntoPicture(row);
}

/** Without a move of the page around the picture. */
function bringIntoPicture(row: HTMLElement): void {
  const picture = graphs.parentElement!;
  const {top, bottom} = row.getBoundingClientRect();
  const frame = picture.getBoundingClientRect();
  if (top >= frame.top && bottom <= frame.bottom) return;
  picture.scrollTop += (top + bottom - frame.top - frame.bottom) / 2;
}

function watchPicture(): void {
  for (const folder of graphs.querySelectorAll('details')) folder.addEventListener('toggle', draw);
  graphs.addEventListener('pointerover', ({target}) => {
    lightRow((target as Element).closest<HTMLElement>('[data-module], summary'));
  });
  graphs.addEventListener('pointerleave', () => light(chosen()?.element.dataset['file']));
  new ResizeObserver(draw).observe(graphs);
}

// ---- all of it

document.documentElement.classList.add('is-enhanced');
find<HTMLElement>('.tools')!.hidden = rows.length === 0;
findAll<HTMLTableCellElement>('thead th').forEach(makeSortable);
for (const tile of tiles) {
  tile.addEventListener('click', () => {
    tile.ariaPressed = String(tile.ariaPressed !== 'true');
    applyFilter();
  });
}
for (const row of rows) {
  row.link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(row);
  });
}
for (const link of findAll<HTMLAnchorElement>('.back')) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    leaveDetails();
  });
}
filter.addEventListener('input', applyFilter);
document.addEventListener('keydown', onKey);
addEventListener('hashchange', show);
addEventListener('popstate', show);
watchPicture();
applyFilter();
draw();
show();

export {};
