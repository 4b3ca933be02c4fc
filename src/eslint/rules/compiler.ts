import type {Rule} from 'eslint';
import type {Diagnostic, Location} from '../../transform/index.ts';
import {compilationOf} from '../compilation.ts';
import {documentationOf} from '../package.ts';

/** Reports what the compiler refuses. */
export const compilerErrors: Rule.RuleModule = compilerRule(
  'compiler',
  'error',
  'Report what the compiler of "use server" and "use client" refuses',
);

/** Reports what the compiler warns of, so that it can be a warning in the editor too. */
export const compilerWarnings: Rule.RuleModule = compilerRule(
  'compiler-warnings',
  'warning',
  'Report what the compiler of "use server" and "use client" warns of',
);

function compilerRule(
  name: string,
  severity: Diagnostic['severity'],
  description: string,
): Rule.RuleModule {
  return {
    meta: {
      type: 'problem',
      docs: {description, recommended: true, url: documentationOf(name)},
      schema: [],
      messages: {diagnostic: '{{message}} ({{code}})'},
    },
    create: (context) => ({
      Program() {
        for (const diagnostic of compilationOf(context)?.diagnostics ?? []) {
          if (diagnostic.severity !== severity) continue;
          const {message, code, loc} = diagnostic;
          context.report({loc: placeOf(loc), messageId: 'diagnostic', data: {message, code}});
        }
      },
    }),
  };
}

/** Of a syntax error the compiler knows no more than the position. */
function placeOf({start, end}: Location): Location | Location['start'] {
  return start.line === end.line && start.column === end.column ? start : {start, end};
}
