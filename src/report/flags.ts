import type {ReportedFunction} from './report.ts';
import {guardsOf, isNeedless, isUnchecked} from './words.ts';

/** What functions are counted by, and searched by in the page. */
export type Flag = keyof typeof FLAGS;

const FLAGS = {
  needless: isNeedless,
  unguarded: (fn) => guardsOf(fn).length === 0,
  unchecked: isUnchecked,
  inline: ({kind}) => kind === 'inline',
  capturing: ({captures}) => captures.length > 0,
} satisfies Record<string, (fn: ReportedFunction) => boolean>;

/** Those that a function has. */
export function flagsOf(fn: ReportedFunction): Flag[] {
  return (Object.keys(FLAGS) as Flag[]).filter((flag) => FLAGS[flag](fn));
}
