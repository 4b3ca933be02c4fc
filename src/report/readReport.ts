import {REPORT_VERSION, type Report} from './report.ts';

/**
 * Reads a report that was written as JSON.
 *
 * @param name of the file, for messages
 * @throws Error when it is no report, or one of another version of the format
 */
export function readReport(json: string, name: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Error(`${name} is not JSON. It has to be a report that was written with --json.`);
  }
  if (!isObject(value) || !('version' in value) || !Array.isArray(value['functions'])) {
    throw new Error(
      `${name} is not a report of use-server-webpack-plugin. It has to be one that was written with --json.`,
    );
  }
  if (value['version'] !== REPORT_VERSION) {
    throw new Error(
      `${name} has version ${JSON.stringify(value['version'])} of the format, but this release reads ${REPORT_VERSION}. Write it again: check out the commit that it is of, install this release there, and run "npx use-server-webpack-plugin report --json ${name}".`,
    );
  }
  const report = value as unknown as Report;
  if (isWellFormed(report)) return report;
  throw new Error(
    `${name} is a report that was changed: a line, a size or a side in it is none. Write it anew with --json.`,
  );
}

/** Of somebody else's file: what is no text of a name is written into pages as it is. */
function isWellFormed(report: Report): boolean {
  try {
    const {functions, uncallable, modules} = report;
    return (
      [...functions, ...uncallable].every((one) => isCount(one.line) && isCount(one.column)) &&
      functions.every(({usedBy}) =>
        usedBy.every(({graph, uses}) => isGraph(graph) && uses.every(({line}) => isCount(line))),
      ) &&
      modules.every(
        ({graph, size, count}) =>
          isGraph(graph) && isCount(size) && (count === null || isCount(count)),
      )
    );
  } catch {
    return false;
  }
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isGraph(value: unknown): boolean {
  return value === 'client' || value === 'server';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
