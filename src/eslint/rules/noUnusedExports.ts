import {isAbsolute} from 'node:path';
import type {Rule, SourceCode} from 'eslint';
import type {Location} from '../../transform/index.ts';
import {documentationOf} from '../package.ts';
import {compilationOf} from '../compilation.ts';
import {isModuleOf} from '../directives.ts';
import {unimportedNames} from '../projectImports.ts';
import type {Node} from '../syntaxTree.ts';

interface Options {
  include: string[];
  exclude: string[];
}

const patterns = {type: 'array', items: {type: 'string'}, uniqueItems: true} as const;

/** Reports exports of `"use server"` modules that no other file of the project imports. */
export const noUnusedExports: Rule.RuleModule = {
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow server functions that can be called but that nothing imports',
      url: documentationOf('no-unused-exports'),
    },
    schema: [
      {
        type: 'object',
        properties: {
          include: {
            ...patterns,
            description:
              'Globs of the files whose imports count, relative to the working directory.',
          },
          exclude: {...patterns, description: 'Globs that `include` must not find.'},
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{include: ['**'], exclude: []}],
    messages: {
      unused:
        'No other file imports "{{name}}", but everyone can call it: each export of a "use server" module is a public endpoint. Do not export it, or remove it.',
    },
  },
  create(context) {
    return {
      Program(program) {
        if (!isModuleOf('use server', program as unknown as Node)) return;
        if (!isAbsolute(context.filename)) return;
        const functions = compilationOf(context)?.serverReferences ?? [];
        const exported = functions.filter(({isInline}) => !isInline);
        if (exported.length === 0) return;
        const [options] = context.options as [Options];
        const unused = unimportedNames(
          context.physicalFilename,
          exported.map(({exportName}) => exportName),
          {root: context.cwd, ...options},
        );
        for (const {exportName, loc} of exported) {
          if (!unused.has(exportName)) continue;
          const place = firstLineOf(loc, context.sourceCode);
          context.report({loc: place, messageId: 'unused', data: {name: exportName}});
        }
      },
    };
  },
};

/** The whole of a long function would be underlined. */
function firstLineOf({start, end}: Location, {lines}: SourceCode): Location {
  if (start.line === end.line) return {start, end};
  return {start, end: {line: start.line, column: lines[start.line - 1]!.length}};
}
