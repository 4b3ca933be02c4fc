import ts from 'typescript-with-api';

/** A member of an interface or a class, in one line. */
export function memberText(node) {
  const isStatic = ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static;
  const name = (isStatic ? 'static ' : '') + node.name.getText();
  const question = node.questionToken ? '?' : '';
  const type = (node.type?.getText() ?? 'unknown').replace(
    /\s*\|\s*undefined$/,
    question ? '' : '$&',
  );
  const isMethod = ts.isMethodSignature(node) || ts.isMethodDeclaration(node);
  const text = isMethod
    ? `${name}${question}(${parameterList(node)}): ${type}`
    : `${name}${question}: ${question ? type.replace(/^\((\(.*=>.*)\)$/, '$1') : type}`;
  return text.replace(/\/\*[^]*?\*\//g, '').replace(/\s+/g, ' ');
}

/** What stands between the parentheses. */
export function parameterList({parameters}) {
  return parameters
    .map((parameter) => {
      const name = ts.isObjectBindingPattern(parameter.name) ? 'options' : parameter.name.getText();
      const rest = parameter.dotDotDotToken ? '...' : '';
      return `${rest}${name}${parameter.questionToken ? '?' : ''}: ${parameter.type?.getText()}`;
    })
    .join(', ');
}

/** The declaration of a function, without what is only there in declaration files. */
export function functionText(node) {
  const generics = node.typeParameters
    ? `<${node.typeParameters.map((one) => one.getText()).join(', ')}>`
    : '';
  return `function ${node.name.text}${generics}(${parameterList(node)}): ${node.type.getText()}`;
}

/** The declaration of a type. */
export function typeText(node) {
  return node.getText().replace(/^(export )?(declare )?/, '');
}

/** A block of code in Markdown. */
export function code(text, language = 'ts') {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** The text as part of an item of a list. */
export function indent(text) {
  return text.replace(/^(?=.)/gm, '  ');
}
