import type {Report} from './report.ts';

/** Writes a report as JSON, which `readReport` reads. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
