import type {Rule} from 'eslint';
import {documentationOf} from '../package.ts';
import {isChecked} from '../../validation/checkedValues.ts';
import {codeOfFile} from '../codeOfFile.ts';
import {serverFunctionTest} from '../serverFunctionsInFile.ts';
import {listener, type Node} from '../syntaxTree.ts';

/** Reports parameters of server functions for which no check can be found. */
export const validateArguments: Rule.RuleModule = {
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require that server functions validate their arguments',
      url: documentationOf('validate-arguments'),
    },
    schema: [
      {
        type: 'object',
        properties: {
          validators: {
            type: 'array',
            items: {type: 'string'},
            uniqueItems: true,
            description: 'Names of further functions and methods that validate their arguments.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{validators: []}],
    messages: {
      unchecked:
        '"{{name}}" comes from the caller and can be any value, whatever its type says. Validate it first, for example with a schema, and use the value that comes back.',
    },
  },
  create(context) {
    const {sourceCode} = context;
    const [{validators}] = context.options as [{validators: string[]}];
    const code = codeOfFile(sourceCode, new Set(validators));
    const isServerFunction = serverFunctionTest(sourceCode.ast as unknown as Node, sourceCode);
    const check = (fn: Node) => {
      if (!isServerFunction(fn)) return;
      for (const variable of sourceCode.getDeclaredVariables(fn as never)) {
        const [definition] = variable.defs;
        if (definition?.type !== 'Parameter' || variable.name === 'this') continue;
        const isUsed = variable.references.some((reference) => reference.isRead());
        if (!isUsed || isChecked(variable, code)) continue;
        context.report({
          node: definition.name,
          messageId: 'unchecked',
          data: {name: variable.name},
        });
      }
    };
    return listener({
      FunctionDeclaration: check,
      FunctionExpression: check,
      ArrowFunctionExpression: check,
    });
  },
};
