import {createRequire} from 'node:module';
import {Linter} from 'eslint';
import useServer from 'use-server-webpack-plugin/eslint';

const {eslint: eslint9, parsers} = createRequire(import.meta.url)('eslint-parsers') as {
  eslint: {Linter: typeof Linter};
  parsers: Record<'typescript' | 'babel', Linter.Parser>;
};

const jsx = {ecmaFeatures: {jsx: true}};
const typescript = {parser: parsers.typescript, parserOptions: jsx};
const babel = {
  parser: parsers.babel,
  parserOptions: {
    requireConfigFile: false,
    babelOptions: {parserOpts: {plugins: ['jsx', 'doExpressions']}},
  },
};

/** ESLint with a parser, as projects combine them. */
const toolchains: Record<string, {Class: typeof Linter; languageOptions: Linter.LanguageOptions}> =
  {
    'ESLint 10': {Class: Linter, languageOptions: {parserOptions: jsx}},
    'ESLint 10 with typescript-eslint': {Class: Linter, languageOptions: typescript},
    'ESLint 9': {Class: eslint9.Linter, languageOptions: {parserOptions: jsx}},
    'ESLint 9 with typescript-eslint': {Class: eslint9.Linter, languageOptions: typescript},
    'ESLint 9 with Babel': {Class: eslint9.Linter, languageOptions: babel},
  };

export interface LintOptions {
  /** @default '/project/src/file.jsx' */
  filename?: string;
  /** @default '/project' */
  cwd?: string;
  /** @default those of `strict` */
  rules?: Linter.RulesRecord;
  settings?: Linter.Config['settings'];
}

/** What one combination finds. Errors of its parser are thrown. */
export function lintWith(
  toolchain: string,
  code: string,
  {
    filename = '/project/src/file.jsx',
    cwd = '/project',
    rules = useServer.configs.strict.rules,
    settings = {},
  }: LintOptions = {},
): Linter.LintMessage[] {
  const {Class, languageOptions} = toolchains[toolchain]!;
  const config = {
    files: ['**/*.*'],
    plugins: {'use-server': useServer},
    languageOptions,
    rules,
    settings,
  };
  const messages = new Class({cwd}).verify(code, config, filename);
  const fatal = messages.find((message) => message.fatal);
  if (fatal) throw new SyntaxError(`${fatal.message} (${fatal.line}:${fatal.column})\n${code}`);
  return messages;
}

/** What every combination finds that reads the language; they must agree. */
export function lint(code: string, options: LintOptions = {}): Linter.LintMessage[] {
  const isTypeScript = /\.[cm]?tsx?$/.test(options.filename ?? '');
  const names = Object.keys(toolchains).filter(
    (name) => !isTypeScript || name.includes('typescript'),
  );
  const [first, ...others] = names.map((name) => lintWith(name, code, options).map(plain));
  for (const other of others) expect(other).toEqual(first);
  return first!;
}

/** ESLint 9 says more of some messages. */
function plain(message: Linter.LintMessage): Linter.LintMessage {
  const copy: Linter.LintMessage & {nodeType?: unknown} = {...message};
  delete copy.nodeType;
  return copy;
}

/** Each message as what stands at its place: `save`. */
export function places(code: string, messages: readonly Linter.LintMessage[]): string[] {
  const lines = code.split('\n');
  return messages.map(({line, column, endLine, endColumn}) => {
    if (endLine === undefined) return `${line}:${column}`;
    if (endLine === line) return lines[line - 1]!.slice(column - 1, endColumn! - 1);
    return lines[line - 1]!.slice(column - 1);
  });
}

export interface RuleCases {
  /** Code by the sentence that says why it is right. */
  valid: Record<string, string>;
  /** Code by the sentence that says what is wrong, and what stands where it is reported. */
  invalid: Record<string, [code: string, ...places: string[]]>;
}

/** Declares a test for each case of one rule. */
export function testRule(
  rule: string,
  {valid, invalid}: RuleCases,
  {option, ...options}: LintOptions & {option?: object} = {},
): void {
  describe(rule, () => {
    const rules = {
      [`use-server/${rule}`]: option ? ['error', option] : 'error',
    } as Linter.RulesRecord;
    test.each(Object.entries(valid))('accepts %s', (_, code) => {
      expect(lint(code, {...options, rules})).toEqual([]);
    });
    test.each(Object.entries(invalid))('reports %s', (_, [code, ...expected]) => {
      const messages = lint(code, {...options, rules});
      expect(places(code, messages)).toEqual(expected);
    });
  });
}
