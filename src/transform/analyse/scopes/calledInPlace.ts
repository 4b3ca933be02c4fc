import {isKeepNamesCall, isTypeWrapper, type Node} from '../../ast.ts';

/**
 * Finds the call of a function that is called where it stands: `(() => {…})()`, `new (function () {…})()`,
 * `(function () {…}).call(this)`.
 *
 * @param path leads to the function, which is at `index`, from outside
 * @returns where the call is in the path, or -1
 */
export function callInPlace(path: readonly Node[], index: number): number {
  let i = index - 1;
  while (i >= 0 && (isTypeWrapper(path[i]!) || isKeepNamesCall(path[i]!))) i--;
  const user = path[i];
  if (!user) return -1;
  if (user['object'] === path[i + 1] && /^(?:call|apply)$/.test(user['property']?.name)) {
    return isCallOf(path[i - 1], user) ? i - 1 : -1;
  }
  return isCallOf(user, path[i + 1]!) ? i : -1;
}

function isCallOf(user: Node | undefined, callee: Node): boolean {
  return (
    user?.['callee'] === callee && /^(?:Call|OptionalCall|New)Expression$/.test(user?.type ?? '')
  );
}
