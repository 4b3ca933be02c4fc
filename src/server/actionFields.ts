import {MalformedBodyError} from './errors.ts';
import type {DecodingLimits} from './limits.ts';
import {scanFormMetadata, scanReply} from './scanReply.ts';

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

/** The server functions that a form refers to. */
export interface FormAction {
  /** The one that will run. */
  id: string;
  /** It and everything else that the fields name, bound arguments included. */
  ids: Set<string>;
  /** Whether the function has bound arguments, as all of `useActionState` have. */
  bound: boolean;
}

/** Whether a form was made by React for a server function. */
export function isActionForm(form: FormData): boolean {
  return [...form.keys()].some((name) => name.startsWith(REF) || name.startsWith(ID));
}

/**
 * Reads all `$ACTION_` fields without decoding them.
 *
 * @throws {MalformedBodyError} for fields that React does not write
 * @throws {LimitExceededError}
 */
export function scanActionFields(form: FormData, limits: DecodingLimits): FormAction {
  const names = [...form.keys()].filter((name) => name.startsWith(MARK));
  const ids = new Set<string>();
  let action: Omit<FormAction, 'ids'> | undefined;
  for (const name of names) {
    if (name.startsWith(ID)) {
      action = {id: name.slice(ID.length), bound: false};
      ids.add(action.id);
    } else if (name.startsWith(REF)) {
      const prefix = `${MARK}${name.slice(REF.length)}:`;
      action = {id: scanDescription(form, prefix, limits, ids), bound: true};
    } else if (/^\$ACTION_[^:]*:0$/.test(name)) {
      scanDescription(form, name.slice(0, -1), limits, ids);
    } else if (name !== KEY && !name.includes(':')) {
      throw new MalformedBodyError('it has an unknown $ACTION_ field.');
    }
  }
  if (!action) throw new MalformedBodyError('it has no $ACTION_ field.');
  return {...action, ids};
}

function scanDescription(
  form: FormData,
  prefix: string,
  limits: DecodingLimits,
  ids: Set<string>,
): string {
  const id = scanFormMetadata(form, prefix, limits);
  ids.add(id);
  for (const nested of scanReply(form, prefix, limits)) ids.add(nested);
  return id;
}
