import {flagsOf, type Flag} from './flags.ts';
import type {Report} from './report.ts';
import {countText} from './words.ts';

/** How many functions can be called, and how many of them have each flag. */
export type Summary = Record<Flag | 'callable', number>;

export function summaryOf({functions}: Report): Summary {
  const flags = functions.flatMap((fn) => flagsOf(fn));
  const count = (wanted: Flag) => flags.filter((flag) => flag === wanted).length;
  return {
    callable: functions.length,
    inline: count('inline'),
    needless: count('needless'),
    unguarded: count('unguarded'),
    unchecked: count('unchecked'),
    capturing: count('capturing'),
  };
}

/** The same in sentences. */
export function summaryText(report: Report): string[] {
  const {callable, inline, needless, unguarded, unchecked} = summaryOf(report);
  return [
    `${countText(callable, 'function')} can be called: ${callable - inline} of "use server" modules, ${inline} inline.`,
    `${needless} of them not needed, ${unguarded} without a guard that can be seen, ${unchecked} with arguments that nothing is seen to check.`,
  ];
}
