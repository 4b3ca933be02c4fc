import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, resolve} from 'node:path';
import {diffReports, exposesMore} from '../report/diffReports.ts';
import {readReport} from '../report/readReport.ts';
import {renderDiff} from '../report/renderDiff.ts';
import type {Report} from '../report/report.ts';
import {renderReport} from '../webpack/report/emitReport.ts';
import {HELP, readArguments, type CommandArguments} from './arguments.ts';
import {buildReport, type BuiltReport} from './buildReport.ts';
import {CommandError} from './commandError.ts';

export interface Terminal {
  print: (text: string) => void;
  complain: (text: string) => void;
}

/**
 * Runs the command.
 *
 * @param args what stands behind its name
 * @returns the exit code: 1 when `--fail-on-new` finds something, 2 when there is no report
 */
export async function run(args: readonly string[], {print, complain}: Terminal): Promise<number> {
  try {
    const asked = readArguments(args);
    if (!asked.help) return await runReport(asked, print);
    print(HELP);
    return 0;
  } catch (error) {
    const isExpected = error instanceof CommandError;
    complain(`${isExpected ? error.message : ((error as Error).stack ?? String(error))}\n`);
    return 2;
  }
}

async function runReport(asked: CommandArguments, print: Terminal['print']): Promise<number> {
  const folder = process.cwd();
  // Before a build, which takes its time.
  const before = asked.diff === undefined ? null : readFile(asked.diff);
  const {report, root}: BuiltReport =
    asked.from === undefined
      ? await buildReport(asked.build, folder)
      : {report: readFile(asked.from), root: folder};
  if (asked.html !== undefined) write(asked.html, renderReport(report, 'html', root), print);
  if (asked.json !== undefined) write(asked.json, renderReport(report, 'json', root), print);
  if (before !== null) {
    const diff = diffReports(before, report);
    print(renderDiff(diff));
    return asked.failOnNew && exposesMore(diff) ? 1 : 0;
  }
  if (asked.html === undefined && asked.json === undefined) {
    print(renderReport(report, 'text', root));
  }
  return 0;
}

function readFile(name: string): Report {
  let text: string;
  try {
    text = readFileSync(name, 'utf8');
  } catch (error) {
    throw new CommandError(`${name} cannot be read: ${(error as Error).message}`);
  }
  try {
    return readReport(text, name);
  } catch (error) {
    throw new CommandError((error as Error).message);
  }
}

function write(name: string, text: string, print: Terminal['print']): void {
  try {
    const file = resolve(name);
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandError(`${name} cannot be written: ${(error as Error).message}`);
  }
  print(`Wrote ${name}\n`);
}
