import {isTypeWrapper, unwrapExpression, type Node} from '../../ast.ts';
import type {NameReference} from '../scopes/scope.ts';
import {holdIn} from './heldMembers.ts';
import {memberKey, propertyKey} from './namedCalls.ts';
import {ownerOfThis} from './owners.ts';
import {ELEMENT, matches, type Holder, type Trace} from './trace.ts';

/** Gives what a holder holds to the variables of a pattern, or to the member that is assigned. */
export function bind(target: Node, holder: Holder, trace: Trace): void {
  const {path} = holder;
  switch (target.type) {
    case 'Identifier':
      return bindName(target, holder, trace);
    case 'AssignmentPattern':
      return bind(target['left'], holder, trace);
    case 'MemberExpression':
      return bindMember(target, holder, trace);
    case 'ArrayPattern':
      for (const element of target['elements'] as (Node | null)[]) {
        if (element?.type === 'RestElement') bind(element['argument'], holder, trace);
        else if (element && matches(path[0], ELEMENT)) {
          bind(element, {...holder, path: path.slice(1)}, trace);
        }
      }
      return;
    case 'ObjectPattern':
      for (const property of target['properties'] as Node[]) bindProperty(property, holder, trace);
      return;
    default:
      if (isTypeWrapper(target)) bind(unwrapExpression(target), holder, trace);
  }
}

function bindProperty(property: Node, holder: Holder, trace: Trace): void {
  const {path} = holder;
  if (property.type === 'RestElement') {
    if (path.length === 0) trace.read({...holder, node: property}, null);
    return bind(property['argument'], holder, trace);
  }
  const key = propertyKey(property);
  if (path.length === 0) {
    trace.read({...holder, node: property}, key);
    bind(property['value'], {...holder, isPart: true}, trace);
  } else if (matches(path[0], key)) {
    bind(property['value'], {...holder, path: path.slice(1)}, trace);
  }
}

function bindName(target: Node, holder: Holder, trace: Trace): void {
  const reference = trace.code.referenceAt(target);
  if (!reference) {
    return trace.followNames(holder, target, ({identifier}) => identifier === target);
  }
  if (!reference.binding) trace.handOver(holder, null);
  followVariable(reference, holder, trace);
}

function followVariable({node: near, name, binding}: NameReference, holder: Holder, trace: Trace) {
  if (binding) return trace.followNames(holder, near, (other) => other === binding);
  if (!trace.code.moduleName(name)) return;
  for (const {node, isWrite} of trace.code.referencesToModuleName(name)) {
    if (!isWrite) trace.add({...holder, node});
  }
}

/** `api.format = format`: the variable holds it from then on, or whatever `this` is. */
function bindMember(target: Node, holder: Holder, trace: Trace): void {
  const object = unwrapExpression(target['object']);
  const path = [memberKey(target), ...holder.path];
  if (object.type === 'ThisExpression') {
    const owner = ownerOfThis(object, trace.code);
    if (owner) holdIn(owner, {...holder, path}, trace);
  }
  const reference = object.type === 'Identifier' ? trace.code.referenceAt(object) : undefined;
  const initial = reference?.binding?.declaration['init'];
  if (initial?.type !== 'ObjectExpression') trace.handOver(holder, null);
  if (reference) followVariable(reference, {...holder, path}, trace);
}
