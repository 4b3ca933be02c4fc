import type {ESLint, Linter, Rule} from 'eslint';
import {version} from './package.ts';
import {compilerErrors, compilerWarnings} from './rules/compiler.ts';
import {noCallInRender} from './rules/noCallInRender.ts';
import {noRedirectInTry} from './rules/noRedirectInTry.ts';
import {noUnsendableArguments} from './rules/noUnsendableArguments.ts';
import {noUnusedExports} from './rules/noUnusedExports.ts';
import {validateArguments} from './rules/validateArguments.ts';

/** A config that can be used as it is, or whose rules another one spreads. */
type ConfigWithRules = Linter.Config & {rules: Linter.RulesRecord};

/** The plugin for flat configs of ESLint 9 and 10, with its configs. */
export interface UseServerESLintPlugin extends ESLint.Plugin {
  meta: {name: string; version: string; namespace: string};
  rules: Record<string, Rule.RuleModule>;
  configs: {
    /** What the compiler refuses or warns of, and what cannot work when it runs. */
    recommended: ConfigWithRules;
    /** `recommended`, with rules that go by how things are named and imported: they can be wrong. */
    strict: ConfigWithRules;
  };
}

const NAMESPACE = 'use-server';

const base = {
  meta: {name: 'use-server-webpack-plugin/eslint', version, namespace: NAMESPACE},
  rules: {
    compiler: compilerErrors,
    'compiler-warnings': compilerWarnings,
    'no-call-in-render': noCallInRender,
    'no-redirect-in-try': noRedirectInTry,
    'no-unsendable-arguments': noUnsendableArguments,
    'no-unused-exports': noUnusedExports,
    'validate-arguments': validateArguments,
  },
};

const RECOMMENDED: Linter.RulesRecord = {
  'use-server/compiler': 'error',
  'use-server/compiler-warnings': 'warn',
  'use-server/no-call-in-render': 'error',
  'use-server/no-redirect-in-try': 'error',
  'use-server/no-unsendable-arguments': 'error',
};

const STRICT: Linter.RulesRecord = {
  ...RECOMMENDED,
  'use-server/no-unused-exports': 'warn',
  'use-server/validate-arguments': 'warn',
};

/**
 * The ESLint plugin.
 *
 * @example
 * // eslint.config.js
 * import useServer from 'use-server-webpack-plugin/eslint';
 * export default [useServer.configs.recommended];
 */
export const plugin: UseServerESLintPlugin = Object.assign(base, {
  configs: {recommended: config('recommended', RECOMMENDED), strict: config('strict', STRICT)},
});

function config(name: string, rules: Linter.RulesRecord): ConfigWithRules {
  return {name: `${NAMESPACE}/${name}`, plugins: {[NAMESPACE]: base}, rules};
}
