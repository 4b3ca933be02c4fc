import type {Node} from '../../ast.ts';
import type {Binding} from '../scopes/scope.ts';
import type {ModuleCode} from './moduleCode.ts';

/** What happens to a function, class, pattern or object in its module, as far as the source shows it. */
export interface ValueFlow {
  /** Where a member of it, or of something in it, is put, replaced or deleted. */
  changes: MemberUse[];
  /** Where a member of it is read. */
  reads: MemberUse[];
  /** Where it gets to code that may keep it, and that the source does not show. */
  handedOver: HandOver[];
  /** Where it is compared with another value, by `===` or `instanceof`. */
  compared: Node[];
  /** Where `new` makes an instance of it. */
  instances: Node[];
}

export interface MemberUse {
  node: Node;
  /** What has the member there: the node, or the argument of the call that leads there. */
  cause: Node;
  /** `null` when only the run knows which. */
  key: string | null;
}

export interface HandOver {
  node: Node;
  /** The node, or the argument of the call that leads there. */
  cause: Node;
  /** The function or method that is called with it; `null` for a variable or member that keeps it. */
  to: string | null;
}

/** An expression that gives the value, or something that holds it. */
export interface Holder {
  node: Node;
  /** Where in what the expression gives: `['format']` in `{format}`. `null`: only the run knows the key. */
  path: Path;
  /** Whether it is no more than a member of the value: changes of it count, and nothing else. */
  isPart: boolean;
  /** The argument by which it came into a function that the module shows, if it did. */
  entry: Node | null;
}

export type Path = readonly (string | null)[];

/** Any element of a list. */
export const ELEMENT = '[]';
/** What a call of it gives. */
export const CALL = '()';
const DEEPEST_PATH = 4;

/** What has been found of a value on its way through the module, and where to look next. */
export class Trace {
  readonly code: ModuleCode;
  readonly flow: ValueFlow = {
    changes: [],
    reads: [],
    handedOver: [],
    compared: [],
    instances: [],
  };
  /** Every holder that has been found; those at the end have not been looked at yet. */
  readonly holders: Holder[] = [];
  /** Where the functions that it comes through are called. */
  readonly calls = new Map<Node, Node[]>();
  readonly #seen = new Map<Node, Set<string>>();

  constructor(code: ModuleCode) {
    this.code = code;
  }

  /** Has a holder looked at, once. */
  add(holder: Holder): void {
    const {node, path, isPart, entry} = holder;
    if (path.length > DEEPEST_PATH) return;
    const key = `${path.join('.')}|${isPart}|${entry?.start}`;
    let seen = this.#seen.get(node);
    if (!seen) this.#seen.set(node, (seen = new Set()));
    if (seen.has(key)) return;
    seen.add(key);
    this.holders.push(holder);
  }

  /** Goes on with every use of a variable that holds what a holder holds. */
  followNames(holder: Holder, near: Node, belongs: (binding: Binding) => boolean): void {
    for (const {node, isWrite} of this.code.referencesAround(near, belongs)) {
      if (!isWrite) this.add({...holder, node});
    }
  }

  /** Goes on with the prototype of an instance, which is a part of its class. */
  addPrototype(holder: Holder): void {
    this.add({...holder, path: [], isPart: true});
  }

  /** Notes that a member is read; `null`: only the run knows which. */
  read({node, isPart, entry}: Holder, key: string | null): void {
    if (!isPart) this.flow.reads.push({node, cause: entry ?? node, key});
  }

  /** Notes that the value gets out of sight; see {@link HandOver}. */
  handOver({node, path, isPart, entry}: Holder, to: string | null): void {
    // An instance, which has the class as its constructor, is no place that keeps the class.
    if (isPart || path.at(-1) === 'constructor' || path.includes(CALL)) return;
    this.flow.handedOver.push({node, cause: entry ?? node, to});
  }
}

/** Describes a list with what a holder holds as an element. */
export function inList(holder: Holder): Holder {
  return {...holder, path: [ELEMENT, ...holder.path]};
}

/** Whether the first step of a path may be the member `key`. */
export function matches(element: string | null | undefined, key: string | null): boolean {
  if (element === undefined) return false;
  if (element === null || key === null || element === key) return true;
  return element === ELEMENT && /^\d+$/.test(key);
}
