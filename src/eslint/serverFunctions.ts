import {readFileSync} from 'node:fs';
import {dirname, isAbsolute} from 'node:path';
import type {Rule} from 'eslint';
import {startsWithDirective} from '../transform/directiveText.ts';
import {decodeText, SOURCE_FILE} from '../webpack/sourceFiles.ts';
import {importedValue} from './importedValues.ts';
import {RecentAnswers} from './recentAnswers.ts';
import {isPath, nearestTsconfig, resolveImport} from './resolveImport.ts';
import {type Node} from './syntaxTree.ts';
import {unwrap} from '../validation/syntax.ts';

/**
 * Whether an expression is certainly a server function: an import from a file with `"use server"` at its
 * top, also with arguments bound to it. One that comes through another module is not recognised.
 */
export function isServerFunction(expression: Node, context: Rule.RuleContext): boolean {
  const inner = unwrap(expression);
  if (inner.type === 'CallExpression') {
    const callee = unwrap(inner['callee']);
    const isBind = callee.type === 'MemberExpression' && callee['property'].name === 'bind';
    return isBind && isServerFunction(callee['object'], context);
  }
  const imported = importedValue(inner, context.sourceCode);
  if (imported === null || imported.name === '*' || !isAbsolute(context.filename)) return false;
  return leadsToServerModule(imported.source, context.filename);
}

const answers = new RecentAnswers<boolean>();

function leadsToServerModule(specifier: string, from: string): boolean {
  // A package is the same for all files of a project, as far as this matters.
  const origin = isPath(specifier) ? dirname(from) : nearestTsconfig(dirname(from));
  return answers.get(`${origin}\0${specifier}`, () => {
    const file = resolveImport(specifier, from);
    return file !== null && isServerModule(file);
  });
}

function isServerModule(file: string): boolean {
  return (
    SOURCE_FILE.test(file) && startsWithDirective(decodeText(readFileSync(file)), 'use server')
  );
}
