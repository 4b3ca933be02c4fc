import type {InlinePlan} from '../analyse/inline/inlinePlans.ts';
import {isTypeWrapper, staticKey, unwrapExpression, type Node} from '../ast.ts';
import {EditOrder} from './editedSource.ts';
import {nameDefaultFunction, startOfStatements, type ModuleOutput} from './moduleOutput.ts';
import {
  provisionAround,
  registration,
  registrationAround,
  trailingArguments,
} from './registrationCalls.ts';
import {removeDirectives} from './spentDirectives.ts';
import {endStatementOf} from './statementEnds.ts';

/** Turns the function into a reference where it stands. */
export function registerInPlace(output: ModuleOutput, plan: InlinePlan): void {
  const {node, ancestors} = plan;
  const {edits, prelude} = output;
  removeDirectives(output, node.body as Node);
  switch (node.type) {
    case 'FunctionDeclaration': {
      if (plan.place.kind === 'module') {
        // A constant of its own: the name of a declaration can be assigned another value.
        const local = plan.place.localName ?? nameDefaultFunction(output, node);
        const call = registration(output, plan, local);
        prelude.push({text: `const ${plan.exportName} = `}, ...call, {text: ';'});
        return;
      }
      // The semicolon ends a directive that has none of its own.
      const call = [{text: ';'}, ...registration(output, plan, node.id!.name), {text: ';'}];
      for (const position of startsOfBlock(ancestors))
        edits.insert(position, call, EditOrder.statement);
      return;
    }
    case 'ObjectMethod':
      return registerProperty(output, plan, node);
    case 'ClassMethod': {
      const member = `this[${JSON.stringify(staticKey(node))}]`;
      const block = [{text: 'static {'}, ...registration(output, plan, member), {text: ';}'}];
      edits.insert(ancestors.at(-1)!.start + 1, block, EditOrder.statement);
      return;
    }
    default: {
      const property = propertyNaming(plan);
      if (property) return registerProperty(output, plan, property);
      const [open, close] = registrationAround(output, plan);
      edits.insert(node.start, [open], EditOrder.expressionStart);
      edits.insert(node.end, [close], EditOrder.expressionEnd);
      endStatementOf(edits, node, ancestors);
    }
  }
}

/** A method is no expression; spread from an object of its own it keeps its place and form. */
function registerProperty(output: ModuleOutput, plan: InlinePlan, property: Node): void {
  const {edits, runtime} = output;
  const [provide, end] = provisionAround(output, plan);
  const open = {text: `...${provide}${runtime.use('registerMethod')}({`, at: plan.node.start};
  edits.insert(property.start, [open], EditOrder.expressionStart);
  edits.insert(
    property.end,
    [{text: `}, ${trailingArguments(output, plan)})${end}`}],
    EditOrder.expressionEnd,
  );
}

/** The property of an object literal after whose computed key an anonymous function is named. */
function propertyNaming({node, ancestors}: InlinePlan): Node | null {
  const property = ancestors.findLast((ancestor) => !isTypeWrapper(ancestor))!;
  const isNaming =
    property.type === 'ObjectProperty' &&
    property['computed'] &&
    !node.id &&
    unwrapExpression(property['value']) === node &&
    staticKey(property) === null;
  return isNaming ? property : null;
}

/** Where the block that declares the function begins: its declaration counts from there on. */
function startsOfBlock(ancestors: readonly Node[]): number[] {
  // In a TypeScript namespace functions are exported.
  const block = ancestors.findLast(({type}) => type !== 'ExportNamedDeclaration')!;
  if (block.type === 'SwitchCase') {
    // All cases share one block, and any of them may be the first that runs.
    return (ancestors.at(-2)!['cases'] as Node[])
      .filter(({consequent}) => consequent.length > 0)
      .map(({consequent}) => consequent[0].start);
  }
  return [startOfStatements(block)];
}
