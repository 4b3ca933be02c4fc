import {validationOf, type Report} from './report.ts';
import {countText, guardsOf, isNeedless} from './words.ts';

/** What a person wants to know first. */
export interface Summary {
  callable: number;
  inline: number;
  needless: number;
  unguarded: number;
  unchecked: number;
  /** Functions with captures. */
  capturing: number;
}

export function summaryOf({functions}: Report): Summary {
  const count = (belongs: (fn: Report['functions'][number]) => boolean) =>
    functions.filter((fn) => belongs(fn)).length;
  return {
    callable: functions.length,
    inline: count(({kind}) => kind === 'inline'),
    needless: count(isNeedless),
    unguarded: count((fn) => guardsOf(fn).length === 0),
    unchecked: count((fn) => ['unchecked', 'partly checked'].includes(validationOf(fn))),
    capturing: count(({captures}) => captures.length > 0),
  };
}

/** The same in sentences. */
export function summaryText(report: Report): string[] {
  const {callable, inline, needless, unguarded, unchecked} = summaryOf(report);
  return [
    `${countText(callable, 'function')} can be called: ${callable - inline} of "use server" modules, ${inline} inline.`,
    `${needless} of them needed by nobody, ${unguarded} without a guard that can be seen, ${unchecked} with arguments that nothing is seen to check.`,
  ];
}
