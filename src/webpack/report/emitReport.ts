import type {Compilation} from 'webpack';
import {editorLinks} from '../../report/editorLinks.ts';
import {renderHtml} from '../../report/html/renderHtml.ts';
import {renderJson} from '../../report/renderJson.ts';
import {renderText} from '../../report/renderText.ts';
import type {Report} from '../../report/report.ts';
import {plainError} from '../plainError.ts';
import {receiverOf} from './receiver.ts';
import {
  isBesideScripts,
  misplacedReport,
  type ReportFile,
  type ReportFormat,
  type ReportPlace,
} from './reportFiles.ts';

export interface ReportTarget {
  files: readonly ReportFile[];
  root: string;
  place: ReportPlace;
  /** Names of the files that browsers load, relative to the folder of these. */
  scripts: readonly string[];
}

/** For minimizers: a page whose script and styles were changed would not be let run them by its own policy. */
const AS_IT_IS = {minimized: true};

/** Writes the report where the option says, and gives it to who else has asked for it. */
export function emitReport(compilation: Compilation, report: Report, target: ReportTarget): void {
  const {compiler, errors} = compilation;
  receiverOf(compiler)?.(report, target.root, compiler);
  for (const file of target.files) {
    const problem = misplacedReport(file, target.place);
    if (problem !== null) {
      errors.push(plainError(compiler.webpack, problem));
      continue;
    }
    warnOfDownload(compilation, file, target);
    const {RawSource} = compiler.webpack.sources;
    const text = renderReport(report, file.format, target.root);
    compilation.emitAsset(file.name, new RawSource(text), AS_IT_IS);
  }
}

/** @param root absolute path, for links to an editor, which only a report of a development build has */
export function renderReport(report: Report, format: ReportFormat, root: string): string {
  if (format === 'json') return renderJson(report);
  if (format === 'text') return renderText(report);
  const isShared = report.mode !== 'development';
  return renderHtml(report, {editorLink: isShared ? null : editorLinks(root, process.env)});
}

/** In development nobody but its author loads what is built. */
function warnOfDownload(
  {compiler, warnings}: Compilation,
  file: ReportFile,
  {place, scripts}: ReportTarget,
): void {
  if (compiler.options.mode === 'development' || !isBesideScripts(file, scripts, place)) return;
  warnings.push(
    plainError(
      compiler.webpack,
      `The report ${file.name} and the server manifest stand beside the scripts that browsers load, so strangers may download them. Move both out of that folder by the option serverManifest: "../server-actions-manifest.json".`,
    ),
  );
}
