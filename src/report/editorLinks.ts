import {join} from 'node:path';

/** Gives the address that opens a place in an editor. */
export type EditorLink = (place: {file: string; line: number; column: number}) => string;

/** What editors listen to, by the value of `USE_SERVER_EDITOR`. */
const EDITORS: Readonly<Record<string, string>> = {
  vscode: 'vscode://file{path}:{line}:{column}',
  'vscode-insiders': 'vscode-insiders://file{path}:{line}:{column}',
  vscodium: 'vscodium://file{path}:{line}:{column}',
  cursor: 'cursor://file{path}:{line}:{column}',
  windsurf: 'windsurf://file{path}:{line}:{column}',
  zed: 'zed://file{path}:{line}:{column}',
  idea: 'idea://open?file={path}&line={line}&column={column}',
  webstorm: 'webstorm://open?file={path}&line={line}&column={column}',
};

/**
 * Links to the editor that the environment names: `USE_SERVER_EDITOR` is a name such as `vscode`, or an
 * address with `{path}`, `{line}` and `{column}`. Without it, links are made in a terminal of VS Code.
 *
 * @param root absolute path
 * @returns null where no editor is known
 */
export function editorLinks(
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): EditorLink | null {
  const named = env['USE_SERVER_EDITOR'] ?? (env['TERM_PROGRAM'] === 'vscode' ? 'vscode' : '');
  const template = EDITORS[named] ?? named;
  // Of a page, a link must not run a script.
  if (!/^[a-z][a-z\d+.-]*:/i.test(template) || /^(?:javascript|data):/i.test(template)) return null;
  return ({file, line, column}) => {
    const path = join(root, file).replaceAll('\\', '/');
    const rooted = path.startsWith('/') ? path : `/${path}`;
    return template
      .replaceAll('{path}', () => encodeURI(rooted).replaceAll(/[?#]/g, encodeURIComponent))
      .replaceAll('{line}', String(line))
      .replaceAll('{column}', String(column));
  };
}
