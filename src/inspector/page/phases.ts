import type {CallRecord, RecordedPhase} from '../record.ts';
import {h} from './dom.ts';

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
  const sums = new Map<string, RecordedPhase>();
  for (const phase of phases) {
    const duration = (sums.get(phase.name)?.duration ?? 0) + phase.duration;
    sums.set(phase.name, {...phase, duration});
  }
  return h(
    'ul',
    {class: 'legend'},
    [...sums.values()].map(({name, title, duration}) =>
      h('li', {class: `phase-${name}`}, `${title} `, h('b', {}, time(duration))),
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
