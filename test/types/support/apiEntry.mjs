import ts from 'typescript-with-api';
import {isInternal} from './apiDocstrings.mjs';
import {code, functionText, indent, memberText, parameterList, typeText} from './apiText.mjs';
import {isOwn} from './publicTypes.mjs';

/**
 * The part of the API reference about one export.
 *
 * @param {import('./publicTypes.mjs').Export} exported
 * @param {string} where it is, for what its docstrings do not say
 * @param {{checker: ts.TypeChecker, docstrings: import('./apiDocstrings.mjs').Docstrings}} tools
 */
export function apiEntry({name, symbol, isType}, where, tools) {
  const [declaration] = symbol.declarations;
  const parts = ts.isClassDeclaration(declaration)
    ? classParts(symbol, declaration, isType, where, tools)
    : ts.isInterfaceDeclaration(declaration)
      ? interfaceParts(symbol, where, tools)
      : ts.isTypeAliasDeclaration(declaration)
        ? aliasParts(symbol, declaration, where, tools)
        : ts.isFunctionDeclaration(declaration)
          ? functionParts(symbol, declaration, where, tools)
          : variableParts(symbol, declaration, where, tools);
  return [`### \`${name}\``, ...parts].filter(Boolean).join('\n\n');
}

function functionParts(symbol, declaration, where, {docstrings}) {
  const text = symbol.declarations.map(functionText).join('\n');
  return [code(text), ...docstrings.describe(symbol, where, declaration)];
}

function aliasParts(symbol, declaration, where, {docstrings}) {
  const {type} = declaration;
  const callable = ts.isFunctionTypeNode(type) ? type : undefined;
  return [code(typeText(declaration)), ...docstrings.describe(symbol, where, callable)];
}

function variableParts(symbol, declaration, where, {checker, docstrings}) {
  const type = checker.getTypeOfSymbol(symbol);
  const [signature] = type.getCallSignatures();
  const text = signature
    ? `function ${symbol.name}${checker.signatureToString(signature, declaration)}`
    : `const ${symbol.name}: ${checker.typeToString(type)}`;
  // What Node calls, by its own types, is explained in its documentation.
  const callable = signature?.declaration && isOwn({declarations: [signature.declaration]});
  return [
    code(text),
    ...docstrings.describe(symbol, where, callable ? signature.declaration : undefined),
  ];
}

function interfaceParts(symbol, where, tools) {
  const type = tools.checker.getDeclaredTypeOfSymbol(symbol);
  const members = tools.checker.getPropertiesOfType(type).filter(isOwn);
  return [...tools.docstrings.describe(symbol, where), membersText(members, where, tools)];
}

function classParts(symbol, declaration, isType, where, tools) {
  const constructor = isType ? undefined : publicConstructor(declaration);
  const tags = constructor ? ts.getJSDocTags(constructor) : [];
  const members = [...(symbol.exports?.values() ?? []), ...(symbol.members?.values() ?? [])];
  return [
    code(classText(symbol, declaration, constructor)),
    ...tools.docstrings.describe(symbol, where),
    ...(constructor ? tools.docstrings.call(constructor, tags, `${where} constructor`) : []),
    membersText(members.filter(isPublicMember), where, tools),
  ];
}

function publicConstructor({members}) {
  const found = members.find(ts.isConstructorDeclaration);
  return found && !isInternal(found) ? found : undefined;
}

function classText({name}, {heritageClauses, modifiers = []}, constructor) {
  const parent = heritageClauses?.[0]?.types[0].expression.getText();
  const isAbstract = modifiers.some(({kind}) => kind === ts.SyntaxKind.AbstractKeyword);
  const head = `${isAbstract ? 'abstract ' : ''}class ${name}${parent ? ` extends ${parent}` : ''}`;
  return `${head} {${constructor ? `constructor(${parameterList(constructor)});` : ''}}`;
}

/** The name of an error is that of its class. */
function isPublicMember({name, flags, declarations = []}) {
  const {Constructor, Prototype, TypeParameter} = ts.SymbolFlags;
  if (name === 'name' || flags & (Constructor | Prototype | TypeParameter)) return false;
  return declarations.some(
    (node) =>
      !(node.name && ts.isPrivateIdentifier(node.name)) &&
      !isInternal(node) &&
      !(ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private),
  );
}

function membersText(members, where, tools) {
  return members
    .map((member) => memberParts(member, `${where}.${member.name}`, tools).join('\n\n'))
    .join('\n\n');
}

function memberParts(symbol, where, {docstrings}) {
  const [declaration] = symbol.declarations;
  const texts = symbol.declarations.map((node) => `**\`${memberText(node)}\`**`);
  const details = docstrings.describe(symbol, where, callableOf(declaration));
  return [`- ${texts.join('<br>')}`, ...details.map(indent)];
}

/** A method, or a member that is a function; optional ones have `undefined` beside it. */
function callableOf(node) {
  if (ts.isMethodSignature(node) || ts.isMethodDeclaration(node)) return node;
  const types = node.type && ts.isUnionTypeNode(node.type) ? node.type.types : [node.type];
  const [type, ...others] = types.filter((one) => one?.kind !== ts.SyntaxKind.UndefinedKeyword);
  const inner = type && ts.isParenthesizedTypeNode(type) ? type.type : type;
  return others.length === 0 && inner && ts.isFunctionTypeNode(inner) ? inner : undefined;
}

/**
 * The types of this package that an export names, without those of `@internal` declarations.
 *
 * @param {import('./publicTypes.mjs').Export} exported
 * @param {ts.TypeChecker} checker
 */
export function namedTypes({symbol, isType}, checker) {
  const found = new Set();
  const visit = (node) => {
    // What is inherited is listed, and what a variable is has been written out.
    if (ts.isHeritageClause(node) || ts.isVariableDeclaration(node) || isInternal(node)) return;
    if (isType && ts.isConstructorDeclaration(node)) return;
    if (ts.isTypeReferenceNode(node)) {
      const named = typeSymbol(node, checker);
      if (named && isOwn(named)) found.add(named);
    }
    ts.forEachChild(node, visit);
  };
  symbol.declarations.forEach(visit);
  return found;
}

function typeSymbol({typeName}, checker) {
  const symbol = checker.getSymbolAtLocation(typeName);
  if (!symbol || symbol.flags & ts.SymbolFlags.TypeParameter) return undefined;
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}
