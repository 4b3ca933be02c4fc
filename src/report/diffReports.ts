import {validationOf, type Report, type ReportedFunction, type Validation} from './report.ts';
import {captureTexts, guardsOf, isNeedless} from './words.ts';

/** What a change does to what can be called. */
export interface ReportDiff {
  /** Functions that could not be called before. */
  added: ReportedFunction[];
  /** Functions that can be called no longer. */
  removed: ReportedFunction[];
  /** Functions of which something else is known than before. */
  changed: ChangedFunction[];
}

export interface ChangedFunction {
  before: ReportedFunction;
  after: ReportedFunction;
  /** Sentences without a full stop. */
  changes: FunctionChange[];
}

export interface FunctionChange {
  /** Whether callers can do more than before: a guard or a check is gone. */
  isWeaker: boolean;
  text: string;
}

/**
 * Compares two reports, function by function. Lines that moved are no change, nor are other users.
 *
 * @param before of the version that is in use
 * @param after of the one that shall be
 */
export function diffReports(before: Report, after: Report): ReportDiff {
  const old = new Map(before.functions.map((fn) => [fn.id, fn]));
  const ids = new Set(after.functions.map(({id}) => id));
  return {
    added: after.functions.filter(({id}) => !old.has(id)),
    removed: before.functions.filter(({id}) => !ids.has(id)),
    changed: after.functions.flatMap((fn) => {
      const was = old.get(fn.id);
      const changes = was ? changesOf(was, fn) : [];
      return was && changes.length > 0 ? [{before: was, after: fn, changes}] : [];
    }),
  };
}

/** Whether somebody can call what could not be called, or what was guarded or checked and is no longer. */
export function exposesMore({added, changed}: ReportDiff): boolean {
  return added.length > 0 || changed.some(({changes}) => changes.some(({isWeaker}) => isWeaker));
}

function changesOf(before: ReportedFunction, after: ReportedFunction): FunctionChange[] {
  return [
    ...listChanges(guardNames(before), guardNames(after), (text, isGone) => ({
      isWeaker: isGone,
      text: isGone ? `is no longer guarded by ${text}` : `is now guarded by ${text}`,
    })),
    ...validationChange(before, after),
    ...listChanges(
      before.captures.flatMap(captureTexts),
      after.captures.flatMap(captureTexts),
      (text, isGone) => ({
        isWeaker: false,
        text: isGone ? `no longer captures ${text}` : `now captures ${text}`,
      }),
    ),
    ...(isNeedless(after) && !isNeedless(before)
      ? [{isWeaker: false, text: 'is callable though nothing in the browser uses it any longer'}]
      : []),
  ];
}

function listChanges(
  before: readonly string[],
  after: readonly string[],
  change: (text: string, isGone: boolean) => FunctionChange,
): FunctionChange[] {
  return [
    ...before.filter((text) => !after.includes(text)).map((text) => change(text, true)),
    ...after.filter((text) => !before.includes(text)).map((text) => change(text, false)),
  ];
}

function guardNames(fn: ReportedFunction): string[] {
  return guardsOf(fn).map(({name}) => name);
}

const RANK = {'no arguments': 3, checked: 3, 'partly checked': 2, unknown: 1, unchecked: 0};

const VALIDATION_NOW: Readonly<Record<Validation, string>> = {
  'no arguments': 'now uses no arguments',
  checked: 'now has all its arguments checked',
  'partly checked': 'now has some of its arguments checked',
  unchecked: 'now has none of its arguments checked',
  unknown: 'is now written elsewhere, so that checks of its arguments cannot be seen',
};

function validationChange(before: ReportedFunction, after: ReportedFunction): FunctionChange[] {
  const [was, is] = [validationOf(before), validationOf(after)];
  if (RANK[was] === RANK[is]) return [];
  return [{isWeaker: RANK[is] < RANK[was], text: `${VALIDATION_NOW[is]}, before: ${was}`}];
}
