import type {EditorLink} from '../editorLinks.ts';
import type {Report} from '../report.ts';
export function renderHtml(report: Report, _options: {editorLink: EditorLink | null}): string {
  return JSON.stringify(report);
}
