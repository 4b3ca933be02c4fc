/**
 * Reads the conditions that Node was started with, besides its own, which choose among the `exports` of
 * packages (https://nodejs.org/api/cli.html#-c-condition---conditionscondition).
 *
 * @param flags of the process
 * @param options as in the environment variable NODE_OPTIONS
 */
export function processConditions(
  flags: readonly string[] = process.execArgv,
  options: string = process.env['NODE_OPTIONS'] ?? '',
): string[] {
  const all = [...(options.match(/(?:"[^"]*"|[^\s"])+/g) ?? []), ...flags];
  const words = all.map((word) => word.replaceAll('"', ''));
  return words.flatMap((word, index) => {
    const [, value] = /^(?:-C|--conditions)(?:=(.*))?$/.exec(word) ?? [];
    const isFlag = word === '-C' || word === '--conditions';
    return value ?? (isFlag ? (words[index + 1] ?? []) : []);
  });
}
