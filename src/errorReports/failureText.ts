import {frameLines} from '../ui/frame.ts';
import type {ErrorReport, FailureReport, IssueReport} from './failure.ts';
import type {Styles} from './terminal.ts';

/** A failure as text for a terminal, with an empty line between its parts. */
export function failureText({title, errors, args}: FailureReport, styles: Styles): string {
  const [first, ...causes] = errors;
  const parts = [
    ...errorParts(first, styles),
    ...(args.length === 0 ? [] : [argumentsText(args, styles)]),
    ...causes.flatMap((cause) => [styles.faint('Caused by'), ...errorParts(cause, styles)]),
  ];
  return `${styles.failed(`${title}:`)}\n\n${parts.map(indented).join('\n\n')}\n`;
}

function errorParts(error: ErrorReport, styles: Styles): string[] {
  const {name, message, members, issues, advice} = error;
  const head = [
    styles.name(message === '' ? name : `${name}: ${message}`),
    ...issues.map((issue) => `- ${issueText(issue, styles)}`),
    ...(members.length === 0 ? [] : [styles.faint(members.join(', '))]),
  ];
  return [head.join('\n'), advice, stackText(error, styles)].filter(
    (part): part is string => part !== undefined && part !== '',
  );
}

function issueText({place, message, value}: IssueReport, styles: Styles): string {
  const found = value === undefined ? '' : styles.faint(` (it is ${value})`);
  return `${styles.name(place)}: ${message}${found}`;
}

function frameText(frame: string | undefined, styles: Styles): string[] {
  if (frame === undefined) return [];
  return frameLines(frame).map(({kind, pieces}) => {
    const text = pieces.map((piece) => piece.text).join('');
    return kind === 'source' ? styles.faint(text) : styles.marked(text);
  });
}

/** The source stands below the line that it belongs to. */
function stackText({above, place, below, frame}: ErrorReport, styles: Styles): string {
  const at = (lines: readonly string[]) => lines.map((line) => styles.faint(`at ${line}`));
  return [
    ...at(above),
    ...(place === undefined ? [] : [`at ${styles.place(place)}`]),
    ...frameText(frame, styles),
    ...at(below),
  ].join('\n');
}

function argumentsText(args: FailureReport['args'], styles: Styles): string {
  const lines = args.map(
    ({name, value}) => `  ${styles.name(name)}: ${value.replaceAll('\n', '\n  ')}`,
  );
  return ['Called with', ...lines].join('\n');
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
