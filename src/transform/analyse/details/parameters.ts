import {isChecked, type Code} from '../../../validation/checkedValues.ts';
import {boundIdentifiers, type FunctionNode, type Node} from '../../ast.ts';
import type {Guard, Parameter} from '../../types.ts';
import type {ModuleCode} from '../values/moduleCode.ts';
import {functionOf} from './functionOf.ts';

const NO_MORE_VALIDATORS: ReadonlySet<string> = new Set();

/** The variables that a function takes its arguments in and uses, and whether each is checked. */
export function parametersOf(fn: FunctionNode, code: ModuleCode): Parameter[] {
  const asked = codeAround(code);
  const named = (fn.params as Node[])
    .flatMap((parameter) => boundIdentifiers(parameter))
    .filter((identifier) => asked.readsOf(identifier).length > 0)
    .map((identifier) => ({name: identifier['name'], isChecked: isChecked(identifier, asked)}));
  // Those that have no names are looked at by nobody here.
  return code.usesArguments(fn) ? [...named, {name: 'arguments', isChecked: false}] : named;
}

/** A variable is known by the identifier that introduces it. */
function codeAround(code: ModuleCode): Code<Node> {
  return {
    validators: NO_MORE_VALIDATORS,
    parentOf: (node) => code.parentOf(node as Node),
    readsOf: (variable) =>
      code
        .referencesAround(variable, (binding) => binding.identifier === variable)
        .filter(({node, isWrite}) => !isWrite && node !== variable)
        .map(({node}) => node),
    functionOf: (expression) => functionOf(expression as Node, code),
    variablesIn: (pattern) => variablesIn(pattern as Node, code),
  };
}

function variablesIn(pattern: Node, code: ModuleCode): Node[] {
  const inner: Node =
    pattern.type === 'VariableDeclaration' ? pattern['declarations'][0].id : pattern;
  return boundIdentifiers(inner).flatMap((identifier) => {
    const assigned = code.referenceAt(identifier);
    if (!assigned) return identifier;
    return assigned.binding?.identifier ?? [];
  });
}

/** Steps of wrappers that are given a schema: `validated(…)`, `auth.inputSchema(…).action(…)`. */
const VALIDATING = /schema|valid|^(?:input|parse\w*)$/i;

/** The name of a wrapper that, by its name or that of a step of it, validates what it gets. */
export function validatingWrapper(wrappers: readonly Guard[]): string | null {
  const stepsOf = ({name}: Guard) => name.replaceAll(/\([^)]*\)/g, '').split('.');
  return (
    wrappers.find((guard) => stepsOf(guard).some((step) => VALIDATING.test(step)))?.name ?? null
  );
}
