import {
  validationOf,
  type Report,
  type ReportedFunction,
  type ReportedGuard,
  type Validation,
} from './report.ts';
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
    ...guardChanges(guardsOf(before), guardsOf(after)),
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

/** A guard of the same name from elsewhere may let everybody through. */
function guardChanges(
  before: readonly ReportedGuard[],
  after: readonly ReportedGuard[],
): FunctionChange[] {
  const elsewhere = ({name, file}: ReportedGuard) =>
    [...before, ...after].some((other) => other.name === name && other.file !== file);
  const textOf = (guard: ReportedGuard) =>
    elsewhere(guard) ? `${guard.name} ${placeText(guard)}` : guard.name;
  return listChanges(before.map(textOf), after.map(textOf), (text, isGone) => ({
    isWeaker: isGone,
    text: isGone ? `is no longer guarded by ${text}` : `is now guarded by ${text}`,
  }));
}

function placeText({file}: ReportedGuard): string {
  return file === null ? 'of the same file' : `from ${file}`;
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
  if (is === 'partly checked' && was === is) return lostChecks(before, after);
  if (RANK[was] === RANK[is]) return [];
  return [{isWeaker: RANK[is] < RANK[was], text: `${VALIDATION_NOW[is]}, before: ${was}`}];
}

/** Of two functions that have some of their arguments checked: it may be others than before. */
function lostChecks(before: ReportedFunction, after: ReportedFunction): FunctionChange[] {
  const [was, is] = [uncheckedNames(before), uncheckedNames(after)];
  return is
    .filter((name) => !was.includes(name))
    .map((name) => ({isWeaker: true, text: `now has no check of the argument ${name}`}));
}

function uncheckedNames({parameters}: ReportedFunction): string[] {
  return (parameters ?? []).flatMap(({name, isChecked}) => (isChecked ? [] : name));
}
