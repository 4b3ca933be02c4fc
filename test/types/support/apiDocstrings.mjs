import ts from 'typescript-with-api';
import {code} from './apiText.mjs';

/** Whether a docstring says that something is not for applications. @param {ts.Node} node */
export function isInternal(node) {
  return ts.getJSDocTags(node).some(({tagName}) => tagName.text === 'internal');
}

/** Makes Markdown of docstrings, and notes what they do not say. */
export class Docstrings {
  #checker;
  #link;
  /** @type {string[]} */
  problems = [];

  /**
   * @param {ts.TypeChecker} checker
   * @param {(name: string) => string} link Markdown for the name of an export, or for another one
   */
  constructor(checker, link) {
    this.#checker = checker;
    this.#link = link;
  }

  /**
   * What a declaration is, its parameters, result and errors, and examples.
   *
   * @param {ts.Symbol} symbol
   * @param {string} where it is, for `problems`
   * @param {ts.SignatureDeclaration} [callable] what parameters it has, if it can be called
   */
  describe(symbol, where, callable) {
    const text = ts.displayPartsToString(symbol.getDocumentationComment(this.#checker));
    if (text === '') this.problems.push(`${where} has no docstring`);
    const tags = symbol.declarations.flatMap((node) => ts.getJSDocTags(node));
    return [
      this.#prose(text),
      ...textsOf(tags, 'default').map((value) => `Default: ${this.#default(value)}`),
      ...(callable ? this.call(callable, tags, where) : []),
      ...textsOf(tags, 'example').map((example) => `For example:\n\n${code(example, 'jsx')}`),
    ].filter(Boolean);
  }

  /** Parameters, result and errors of what can be called. */
  call(callable, tags, where) {
    const parameters = tags.filter(ts.isJSDocParameterTag);
    const described = new Map(parameters.map((tag) => [tag.name.getText(), commentOf(tag)]));
    this.#requireParameters(callable, described, where);
    const errors = tags.filter(({tagName}) => tagName.text === 'throws');
    return [
      list(
        'Parameters',
        [...described].map(([name, text]) => `\`${name}\`: ${this.#line(text)}`),
      ),
      ...textsOf(tags, 'returns').map((text) => `Returns ${this.#line(text)}`),
      list(
        'Throws',
        errors.map((tag) => this.#thrown(tag)),
      ),
    ].filter(Boolean);
  }

  #requireParameters(callable, described, where) {
    // The docstring of a callback says what its one parameter is.
    if (ts.isFunctionTypeNode(callable) && callable.parameters.length === 1) return;
    for (const parameter of callable.parameters) {
      const name = ts.isIdentifier(parameter.name) ? parameter.name.text : 'options';
      if (described.get(name) || this.#hasEveryMember(parameter, name, described)) continue;
      this.problems.push(`${where}: the parameter "${name}" has no description`);
    }
  }

  /** `@param options.root …` for each member. */
  #hasEveryMember(parameter, name, described) {
    const type = this.#checker.getNonNullableType(this.#checker.getTypeAtLocation(parameter));
    const members = this.#checker.getPropertiesOfType(type);
    return members.length > 0 && members.every((member) => described.get(`${name}.${member.name}`));
  }

  /** `@throws {TypeError} when …` and `@throws TypeError when …`. */
  #thrown(tag) {
    const text = commentOf(tag);
    const type = tag.typeExpression?.type.getText() ?? /^[A-Z]\w+/.exec(text)?.[0];
    const rest = tag.typeExpression || !type ? text : text.slice(type.length).trim();
    return [type && this.#link(type), this.#line(rest)].filter(Boolean).join(' ');
  }

  #prose(text) {
    return text.replace(/\{@link (\w+)\s*\}/g, (_, name) => this.#link(name));
  }

  #line(text) {
    return this.#prose(text).replace(/\s*\n\s*/g, ' ');
  }

  #default(value) {
    const isCode = /^(?:'[^']*'|"[^"]*"|\[[^]*\]|\{[^]*\}|true|false|[\d_.]+|\w+(?:\.\w+)+)$/.test(
      value,
    );
    return isCode ? `\`${value}\`` : this.#prose(value);
  }
}

function textsOf(tags, name) {
  return tags.filter(({tagName}) => tagName.text === name).map(commentOf);
}

function commentOf({comment}) {
  return (ts.getTextOfJSDocComment(comment) ?? '').replace(/^- /, '').trim();
}

function list(title, items) {
  return items.length > 0 && `${title}:\n\n${items.map((item) => `- ${item}`).join('\n')}`;
}
