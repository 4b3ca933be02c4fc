import type {Node} from '../../ast.ts';
import {callsOf, namesOf} from './callsOf.ts';
import {keyOfMember, ownerOfMember, withBases, type Owner} from './owners.ts';
import {selfExpressions} from './selfExpressions.ts';
import type {Holder, Path, Trace} from './trace.ts';

/**
 * Goes on with what has a member that gives the value: `class Box { format = format }`, `{get: () => format}`.
 *
 * @param path where in the member it is
 */
export function holdInMember(
  member: Node | undefined,
  path: Path,
  holder: Holder,
  trace: Trace,
): void {
  const owner = ownerOfMember(member, trace.code);
  if (owner) holdIn(owner, {...holder, path: [keyOfMember(member!), ...path]}, trace);
}

/** Goes on with a class, its instances or an object, inside of its code and where else it is used. */
export function holdIn({node: owner, isInstance}: Owner, holder: Holder, trace: Trace): void {
  const {code} = trace;
  const itself = withBases(owner, code)
    .flatMap(selfExpressions)
    .filter(({path}) => path.length === Number(isInstance));
  const places = isInstance ? callsOf(owner, code) : [owner, ...namesOf(owner, code)];
  for (const node of [...itself.map((self) => self.node), ...places]) {
    trace.add({...holder, node, entry: null});
  }
}
