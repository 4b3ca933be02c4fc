/*
 * What calls do with a value among their arguments, by the name of what is called.
 */

/** Puts members on its first argument, or takes them off, and returns it. */
const CHANGING =
  /^(?:Object\.(?:assign|definePropert(?:y|ies)|setPrototypeOf)|Reflect\.(?:set|defineProperty|deleteProperty|setPrototypeOf)|__publicField|__defProp|__defNormalProp|_?_define_?[pP]roperty)$/;

/** Returns its first argument. */
const RETURNING =
  /^(?:Object\.(?:freeze|seal|preventExtensions|assign|definePropert(?:y|ies)|setPrototypeOf)|__publicField|_?_define_?[pP]roperty|(?:React\.)?useCallback|__name|__setFunctionName|_set_?[fF]unction_?[nN]ame)$/;

/** Reads all members of an argument. */
const READING =
  /^(?:Object\.(?:keys|values|entries|assign|getOwnPropertyNames|getOwnPropertySymbols|getOwnPropertyDescriptors)|Reflect\.ownKeys)$/;

/** Reads the member of its first argument that the second names. */
const READING_ONE =
  /^(?:Object\.(?:hasOwn|getOwnPropertyDescriptor)|Reflect\.(?:get|has|getOwnPropertyDescriptor))$/;

/** Names a function: what compilers write for the name that the source gives it. */
const NAMING = /^(?:__name|__setFunctionName|_set_?[fF]unction_?[nN]ame)$/;

/** Methods of lists, promises and texts that call their argument, or look into it, and forget it. */
const FORGETFUL_METHODS =
  /\.(?:map|filter|forEach|sort|toSorted|reduce|reduceRight|find|findIndex|findLast|findLastIndex|some|every|flatMap|then|catch|finally|replace|replaceAll|match|matchAll|search|split|from|fromAsync|groupBy|apply|call|bind|test|log|warn|error|info|debug|createElement|cloneElement|memo|forwardRef|cache|lazy|startTransition|isArray|stringify)$/;

/** Functions that do the same. */
const FORGETFUL_FUNCTIONS =
  /^(?:setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame|requestIdleCallback|Promise|String|Boolean|Symbol|Array|Error|cache|memo|forwardRef|lazy|startTransition|createElement|cloneElement|jsxs?|jsxDEV|_jsxs?|_jsxDEV|after|unstable_cache|Object\.(?:is|freeze|seal|preventExtensions|isFrozen|create|getPrototypeOf)|_?_class_?[cC]all_?[cC]heck|_?_create_?[cC]lass|_?_call_?[sS]uper|_?_inherits)$/;

const HOOK = /(?:^|\.)use(?:[A-Z]\w*)?$/;

/** Whether a function changes its first argument. */
export function changesArgument(name: string | null): boolean {
  return name !== null && CHANGING.test(name);
}

/** Whether a function gives its first argument back. */
export function returnsArgument(name: string | null): boolean {
  return name !== null && RETURNING.test(name);
}

/** Whether a function reads all members of its arguments. */
export function readsMembers(name: string | null): boolean {
  return name !== null && READING.test(name);
}

/** Whether a function reads the member of its first argument that the second one names. */
export function readsOneMember(name: string | null): boolean {
  return name !== null && READING_ONE.test(name);
}

/** Whether a function only gives its argument a name. */
export function namesArgument(name: string | null): boolean {
  return name !== null && NAMING.test(name);
}

/** Whether a call uses a function that it is given and then forgets it, as `list.map(fn)` does. */
export function forgetsArgument(name: string | null): boolean {
  if (name === null) return false;
  return FORGETFUL_METHODS.test(name) || FORGETFUL_FUNCTIONS.test(name) || HOOK.test(name);
}

/**
 * Tells which parameter of its first argument, a callback, a call gives another argument to.
 *
 * @returns the index of the parameter; `null`: none
 */
export function parameterGiven(name: string | null, index: number): number | null {
  if (name === null || index < 1) return null;
  if (/\.reduce(?:Right)?$/.test(name)) return index - 1;
  if (name === 'setImmediate') return index - 1;
  return /^set(?:Timeout|Interval)$/.test(name) && index > 1 ? index - 2 : null;
}

/** Names of functions that look for what they are given: `bus.off(fn)`, `seen.has(fn)`. */
const LOOKING_UP =
  /^(?:off|has|get|is|includes|indexOf|lastIndexOf|contains|lookup|leave|delete\w*|un[a-z]\w*|(?:clear|cancel|detach|dispose|find|remove)\w*)$/;

/** Names of functions that keep what they are given: `bus.on(fn)`, `seen.add(fn)`. */
const KEEPING =
  /^(?:add|append|set|push|unshift|put|store|keep|on|once|use|attach|bind|define|enqueue|install|listen|observe|prepend|provide|register|subscribe|track|watch)(?:[A-Z]\w*)?$/;

/**
 * Whether a call may look for what another call or an assignment has kept, as `bus.off(fn)` does after
 * `bus.on(fn)`.
 *
 * @param kept the name of the other call; `null` for a variable or member
 */
export function mayLookFor(name: string, kept: string | null): boolean {
  const [object, method] = split(name);
  if (LOOKING_UP.test(method)) return true;
  if (kept === null || kept === name) return false;
  const [keeper, keepingMethod] = split(kept);
  return object === keeper && KEEPING.test(keepingMethod);
}

function split(name: string): [object: string, method: string] {
  const end = name.lastIndexOf('.');
  return [name.slice(0, Math.max(end, 0)), name.slice(end + 1)];
}
