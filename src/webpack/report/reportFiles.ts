import {isAbsolute, posix, relative, resolve, sep} from 'node:path';

export type ReportFormat = 'html' | 'json' | 'text';

/** A file that the report is written to. */
export interface ReportFile {
  /** Relative to `output.path`. */
  name: string;
  format: ReportFormat;
}

const FORMATS: Readonly<Record<string, ReportFormat>> = {
  '.html': 'html',
  '.json': 'json',
  '.txt': 'text',
};

/** Beside the server manifest, and without a name that says so, for people and for tools. */
const DEFAULT_NAME = 'server-functions-report';

/**
 * The files that the option `report` asks for.
 *
 * @param user who has this option, for messages
 * @param serverManifest its file name, relative to `output.path` too
 * @throws Error when it is an absolute path, or has an ending that is none of a report
 */
export function reportFiles(
  user: string,
  report: boolean | string | undefined,
  serverManifest: string,
): ReportFile[] {
  if (!report) return [];
  if (report === true) {
    const name = posix.join(posix.dirname(serverManifest), DEFAULT_NAME);
    return [
      {name: `${name}.html`, format: 'html'},
      {name: `${name}.json`, format: 'json'},
    ];
  }
  if (isAbsolute(report) || /\\|^[a-z]:/i.test(report)) {
    throw new Error(
      `${user}: the option "report" must be relative to output.path and written with "/", but is ${JSON.stringify(report)}. Write for example "../report.html".`,
    );
  }
  const format = formatOf(report);
  if (format) return [{name: report, format}];
  throw new Error(
    `${user}: the option "report" is ${JSON.stringify(report)}, whose ending does not say what to write. Name it .html for a page, .json for tools and to compare it with later ones, or .txt for text; or write report: true.`,
  );
}

/** By the ending of a file name. */
export function formatOf(name: string): ReportFormat | undefined {
  return FORMATS[posix.extname(name).toLowerCase()];
}

export interface ReportPlace {
  /** Absolute path of the folder that file names are relative to. */
  outputPath: string;
  serverManifest: string;
  /** Absolute path of the folder in which the files for browsers are. */
  publicPath: string;
}

/**
 * Says why a report must not stand where it would. It tells strangers more than the server manifest does, so
 * wherever a server may serve files from, the manifest has to be among them: in the folder of the report or
 * below it.
 *
 * @returns a message, or null
 */
export function misplacedReport({name}: ReportFile, place: ReportPlace): string | null {
  const {outputPath, serverManifest, publicPath} = place;
  const folder = resolve(outputPath, name, '..');
  const manifestFolder = resolve(outputPath, serverManifest, '..');
  if (!isIn(folder, publicPath) || isIn(manifestFolder, folder)) return null;
  const beside = posix.join(posix.dirname(serverManifest), posix.basename(name));
  return `The option "report" writes ${name} into the folder of what browsers load, where the server manifest is not: strangers could read which functions there are and what guards them. Write it beside the manifest: report: ${JSON.stringify(beside)}.`;
}

/** @param scripts names of the files that browsers load, relative to `output.path` */
export function isBesideScripts(
  {name}: ReportFile,
  scripts: readonly string[],
  {outputPath, publicPath}: ReportPlace,
): boolean {
  const folder = resolve(outputPath, name, '..');
  return scripts.some((script) => resolve(publicPath, script, '..') === folder);
}

function isIn(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
