import type {ServerModuleAnalysis} from '../analyse/analysis.ts';
import type {TransformResult} from '../types.ts';
import type {Node} from '../ast.ts';
import {EditOrder} from './editedSource.ts';
import {compileInlineFunctions} from './inlineFunctions.ts';
import {bodyStart, createOutput, type ModuleOutput} from './moduleOutput.ts';
import {print} from './output.ts';
import {compileServerExports} from './serverExports.ts';
import {removeDirectives} from './spentDirectives.ts';

/** Writes a module that runs in the server graph, with its server functions as references. */
export function serverModule(
  analysis: ServerModuleAnalysis,
): Pick<TransformResult, 'code' | 'map'> {
  const output = createOutput(analysis);
  for (const holder of analysis.spentDirectives) removeDirectives(output, holder);
  if (analysis.exports) compileServerExports(output, analysis.exports);
  compileInlineFunctions(output, analysis.inline);
  complete(output, analysis.returns);
  return join(output);
}

/**
 * Puts what completes a CommonJS module at each of its ends.
 *
 * Before: `if (isTest) return; … return setUp();`
 * After: `if (isTest) return $$complete(); … return $$complete((setUp())); function $$complete(value) { … }`
 */
function complete(
  {source, edits, epilogue, completion, names}: ModuleOutput,
  returns: readonly Node[],
): void {
  if (returns.length === 0) {
    epilogue.push(...completion);
    return;
  }
  const name = names.take('$$complete');
  for (const statement of returns) {
    const argument: Node | null = statement['argument'];
    if (argument) {
      edits.insert(argument.start, [{text: `${name}((`}], EditOrder.expressionStart);
      edits.insert(argument.end, [{text: '))'}], EditOrder.expressionEnd);
    } else {
      const end = source[statement.end - 1] === ';' ? '' : ';';
      edits.insert(statement.start + 'return'.length, [{text: ` ${name}()${end}`}]);
    }
  }
  const text = `\nreturn value; }\n${name}();`;
  epilogue.push({text: `\n;function ${name}(value) {`}, ...completion, {text});
}

/** Joins prelude, source and epilogue. */
function join(output: ModuleOutput): Pick<TransformResult, 'code' | 'map'> {
  const {source, parsed, options, edits, runtime, prelude, epilogue} = output;
  const start = bodyStart(output);
  const imports = runtime.statement(parsed.isModule);
  const hasDirective = parsed.program.directives.length > 0;
  const pieces = [
    ...edits.before(start),
    // The semicolon ends a directive that has none of its own.
    {text: hasDirective ? `;${imports}` : imports},
    ...prelude,
    ...edits.whole(start, source.length),
    ...epilogue,
  ];
  return print(pieces, {
    source,
    filename: options.filename,
    sourceMap: options.sourceMap !== false,
    inputSourceMap: options.inputSourceMap,
  });
}
