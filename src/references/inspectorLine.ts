const START = 'Inspector of calls: ';

/** What a server in development prints of its inspector. */
export function inspectorLine(address: string): string {
  return `${START}${address}\n`;
}

/** What a process has printed of errors, among which the address is none. */
export function withoutInspectorLine(printed: string): string {
  return printed
    .split('\n')
    .filter((line) => !line.startsWith(START))
    .join('\n');
}
