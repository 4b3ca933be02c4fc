import type {Compilation, Module} from 'webpack';
import {SERVER_LAYER} from './layers.ts';

const NAME = 'UseServerWebpackPlugin';
const ADVICE =
  'React has it for client components only. If this module is one, or has one that a Server Component uses, write "use client" at its top; for a package, import it in such a module of your own.';

/**
 * Says what to write where webpack only says that `useState` or `createContext` "was not found in 'react'",
 * which under the condition `react-server` is so.
 */
export function explainMissingExports({hooks}: Compilation): void {
  const explain = <Problem extends Error & {module?: Module | null}>(problems: Problem[]) => {
    for (const problem of problems) {
      const {message, module} = problem;
      if (module?.layer !== SERVER_LAYER || message.includes(ADVICE)) continue;
      if (/ was not found in 'react(-dom)?' /.test(message))
        problem.message = `${message}\n${ADVICE}`;
    }
    return problems;
  };
  hooks.processWarnings.tap(NAME, explain);
  hooks.processErrors.tap(NAME, explain);
}
