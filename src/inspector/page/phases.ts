import type {CallRecord} from '../record.ts';
import {h} from './dom.ts';

const NAMES: Record<string, string> = {
  receive: 'body received',
  decode: 'arguments decoded',
  load: 'module loaded',
  captures: 'captures opened',
  middleware: 'middleware',
  function: 'server function',
  answer: 'answer begun',
  stream: 'answer streamed',
};

const SVG = 'http://www.w3.org/2000/svg';

/** How the time of a call was spent, as a bar. The legend says the same in words. */
export function phaseBar({phases, duration = 0}: CallRecord, isLarge = false): Node {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 1000 10');
  svg.setAttribute('preserveAspectRatio', 'none');
  for (const phase of phases) {
    const rect = document.createElementNS(SVG, 'rect');
    rect.setAttribute('class', `phase-${phase.name}`);
    rect.setAttribute('x', String((phase.start / duration) * 1000 || 0));
    rect.setAttribute('width', String((phase.duration / duration) * 1000 || 0));
    rect.setAttribute('height', '10');
    svg.append(rect);
  }
  return h('span', {class: isLarge ? 'bar large' : 'bar', 'aria-hidden': 'true'}, svg);
}

export function phaseLegend({phases}: CallRecord): Node {
  const sums = new Map<string, number>();
  for (const {name, duration} of phases) sums.set(name, (sums.get(name) ?? 0) + duration);
  return h(
    'ul',
    {class: 'legend'},
    [...sums].map(([name, duration]) =>
      h('li', {class: `phase-${name}`}, `${NAMES[name] ?? name} `, h('b', {}, time(duration))),
    ),
  );
}

export function time(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`;
  return `${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms`;
}

export function bytes(count: number): string {
  return count < 10_000 ? `${count} bytes` : `${(count / 1000).toFixed(1)} kB`;
}
