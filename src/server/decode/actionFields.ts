import {refuse} from '../refusals.ts';
import type {DecodingLimits} from '../request/limits.ts';
import type {NamedFunction} from './passedFunctions.ts';
import {ReplyRows} from './replyRows.ts';
import {checkBound, describedFunction, scanReply} from './scanReply.ts';
import {ValueCounter} from './valueCounter.ts';

/*
 * What React puts into a form whose action is a server function, beside the user's own fields:
 *
 *   $ACTION_ID_<id>        the function, when it has no bound arguments
 *   $ACTION_REF_<n>        "the function is described by the fields $ACTION_<n>:..."
 *   $ACTION_<n>:0          {"id": "<id>", "bound": "$@1"}, and further rows of the same reply
 *   $ACTION_KEY            which useActionState the result belongs to
 *
 * A button with a `formAction` of its own adds its field to that of the form; React takes the last.
 * The rows of buttons that were not pressed are sent without their `$ACTION_REF_`.
 */
const MARK = '$ACTION_';
const REF = '$ACTION_REF_';
const ID = '$ACTION_ID_';
const KEY = '$ACTION_KEY';
/** `<n>` begins with the `identifierPrefix` of the app, which may hold colons. */
const DESCRIPTION = /^(\$ACTION_.*?:)((?:S?\d+$|_\d+_).*)$/s;

/** The server functions that a form refers to. */
export interface FormAction {
  /** The one that will run. */
  id: string;
  /** Everything else that the fields name, bound arguments included. */
  ids: Set<string>;
  /** What its bound arguments name. */
  passed: NamedFunction[];
  /** Whether the function has bound arguments, as all of `useActionState` have. */
  bound: boolean;
}

/** Whether a form was made by React for a server function. */
export function isActionForm(form: FormData): boolean {
  return [...form.keys()].some((name) => name.startsWith(REF) || name.startsWith(ID));
}

/**
 * A reply in which no FormData has fields of React's. The inputs that it wrote for browsers without
 * JavaScript stay in the page when it is hydrated, so that `new FormData(form)` has them, while
 * `decodeAction` leaves them out: a server function is to get the same fields either way.
 *
 * @param reply fields of `encodeReply`, where `_3_name` is the field "name" of FormData 3
 */
export function withoutActionFields(reply: FormData): FormData {
  const isOfReact = (name: string) => /^_\d+_\$ACTION_/.test(name);
  if (![...reply.keys()].some(isOfReact)) return reply;
  const own = new FormData();
  for (const [name, value] of reply) if (!isOfReact(name)) own.append(name, value as string);
  return own;
}

/**
 * Reads all `$ACTION_` fields without decoding them, each once.
 *
 * @param isListed whether there is a server function of this id; asked before anything else is read
 * @throws {RequestError} `unknown-function`
 * @throws {RequestError} `malformed-body` for fields that React does not write
 * @throws {RequestError} `limit-exceeded`
 */
export function scanActionFields(
  form: FormData,
  limits: DecodingLimits,
  isListed: (id: string) => boolean,
): FormAction {
  const {pressed, descriptions} = sortFields(form, new ValueCounter(limits));
  const described = new Map<string, string>();
  for (const [prefix, rows] of descriptions) described.set(prefix, describedFunction(rows));
  const actions = pressed.map((name) => namedAction(name, described));
  const ids = new Set([...actions.map(({id}) => id), ...described.values()]);
  for (const id of ids) if (!isListed(id)) throw refuse('unknown-function');

  const {id, prefix} = actions.at(-1)!;
  let passed: NamedFunction[] = [];
  for (const [own, rows] of descriptions) {
    checkBound(0, rows, limits);
    const scan = scanReply(rows, limits);
    // React writes no bytes into forms.
    if (scan.emptyStreams.length > 0) throw refuse('malformed-body', 'it has an empty stream.');
    for (const nested of scan.functions) ids.add(nested.id);
    if (own === prefix) passed = scan.functions;
  }
  return {id, ids, passed, bound: prefix !== undefined};
}

interface ActionFields {
  /** Names of the fields that say which function runs, in their order. */
  pressed: string[];
  /** What describes a function and its bound arguments, by the beginning of the names. */
  descriptions: Map<string, ReplyRows>;
}

function sortFields(form: FormData, counter: ValueCounter): ActionFields {
  const pressed: string[] = [];
  const rows = new Map<string, [string, FormDataEntryValue][]>();
  for (const [name, value] of form) {
    if (!name.startsWith(MARK) || name === KEY) continue;
    if (name.startsWith(REF) || name.startsWith(ID)) {
      pressed.push(name);
      continue;
    }
    const [, prefix, row] = DESCRIPTION.exec(name) ?? [];
    if (!prefix || !row) throw refuse('malformed-body', 'it has an unknown $ACTION_ field.');
    if (!rows.has(prefix)) rows.set(prefix, []);
    rows.get(prefix)!.push([row, value]);
  }
  checkPressed(pressed);
  const descriptions = [...rows].map(
    ([prefix, own]) => [prefix, new ReplyRows(own, counter)] as const,
  );
  return {pressed, descriptions: new Map(descriptions)};
}

/** At most that of a form and that of its button, which may be the same function. */
function checkPressed(names: string[]): void {
  if (names.length === 0) throw refuse('malformed-body', 'it has no $ACTION_ field.');
  if (names.length > 2) {
    throw refuse('malformed-body', 'it names more server functions than a form and its button do.');
  }
  const [first, second] = names;
  if (first === second && first!.startsWith(REF)) {
    throw refuse('malformed-body', 'it has a field twice.');
  }
}

/** @returns the id, and where the fields that describe the function begin with the same text, that text */
function namedAction(name: string, described: Map<string, string>): {id: string; prefix?: string} {
  if (name.startsWith(ID)) return {id: name.slice(ID.length)};
  const prefix = `${MARK}${name.slice(REF.length)}:`;
  const id = described.get(prefix);
  if (id === undefined) throw refuse('malformed-body', 'it describes a server function wrongly.');
  return {id, prefix};
}
