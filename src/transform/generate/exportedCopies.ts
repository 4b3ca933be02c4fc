import type {InlinePlan} from '../analyse/inline/inlinePlans.ts';
import type {Node} from '../ast.ts';
import {EditOrder, type Piece} from './editedSource.ts';
import {factoryAtModuleLevel, factoryOf, type KnownFunctions} from './factories.ts';
import {startOfStatements, type ModuleOutput} from './moduleOutput.ts';
import {registerExport, tokenArguments} from './registrationCalls.ts';

/** Exports the function under its generated name. */
export function exportFunction(
  output: ModuleOutput,
  plan: InlinePlan,
  known: KnownFunctions,
): void {
  const {epilogue, parsed} = output;
  const {exportName, place, node} = plan;
  if (place.kind === 'module') {
    const local = node.type === 'FunctionDeclaration' ? exportName : place.localName!;
    if (parsed.isModule) epilogue.push({text: `\nexport {${local} as ${exportName}};`});
    else exportFromCommonJs(output, local, exportName);
    return;
  }
  registerExport(output, plan);
  if (place.kind === 'inside') provideFactory(output, plan, place.home, known);
  const {aliases, factory} =
    place.kind === 'nested'
      ? factoryAtModuleLevel(output, plan, known)
      : {aliases: '', factory: [{text: `${output.runtime.use('providedFactory')}(${exportName})`}]};
  // What another tool has compiled is JavaScript, whatever the file is called.
  const any = parsed.isTypeScript ? ': any' : '';
  epilogue.push(
    {
      text: `\n${parsed.isModule ? 'export ' : ''}function ${exportName}()${any} { ${aliases}return ${output.runtime.use('callInlineFunction')}(`,
    },
    ...factory,
    {text: `, arguments${tokenArguments(output, plan)}); }`},
  );
  if (!parsed.isModule) exportFromCommonJs(output, exportName, exportName);
}

/** Puts the factory among the variables of code that runs once. */
function provideFactory(
  output: ModuleOutput,
  plan: InlinePlan,
  home: Node,
  known: KnownFunctions,
): void {
  const {edits, runtime} = output;
  const call: Piece[] = [
    {text: `${runtime.use('provideFactory')}(${plan.exportName}, `},
    ...factoryOf(output, plan, known),
    {text: ')'},
  ];
  if (home.type === 'ArrowFunctionExpression') {
    const body = home['body'] as Node;
    edits.insert(body.start, [{text: '('}, ...call, {text: ', '}], EditOrder.expressionStart);
    edits.insert(body.end, [{text: ')'}], EditOrder.expressionEnd);
  } else if (home.type === 'ClassBody') {
    edits.insert(home.start + 1, [{text: 'static {'}, ...call, {text: ';}'}]);
  } else {
    edits.insert(startOfStatements(home), [{text: ';'}, ...call, {text: ';'}]);
  }
}

function exportFromCommonJs(
  {completion, parsed}: ModuleOutput,
  local: string,
  exportName: string,
): void {
  const assignment = `module.exports.${exportName} = ${local};`;
  const isStrict = parsed.program.directives.some(({value}) => value.value === 'use strict');
  // Sloppy code would pass over an object that takes no more members.
  const text = isStrict ? assignment : `(() => { "use strict"; ${assignment} })();`;
  completion.push({text: `\n;${text}`});
}
