import type {Report, ReportedFunction} from '../../../src/report/report.ts';

/** A function of which nothing is known but its name. */
export function sampleFunction(
  name: string,
  more: Partial<ReportedFunction> = {},
): ReportedFunction {
  return {
    id: `src/actions.js#${name}`,
    name,
    file: 'src/actions.js',
    line: 3,
    column: 1,
    kind: 'module',
    within: null,
    exposure: 'client',
    captures: [],
    usedBy: [],
    handedOutBy: [],
    guards: [],
    parameters: [],
    validatedBy: null,
    definedIn: null,
    ...more,
  };
}

export function sampleReport(functions: ReportedFunction[], more: Partial<Report> = {}): Report {
  return {
    version: 1,
    server: 'sources',
    mode: 'development',
    functions,
    uncallable: [],
    modules: [],
    crossings: [],
    ...more,
  };
}
