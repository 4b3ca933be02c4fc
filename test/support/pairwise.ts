/**
 * Few combinations in which every value of an axis meets every value of every other axis.
 *
 * @param axes names of values, by the name of their axis
 */
export function pairwise<Axes extends Record<string, readonly string[]>>(
  axes: Axes,
): {[Name in keyof Axes]: Axes[Name][number]}[] {
  const names = Object.keys(axes);
  const open = new Set(
    names.flatMap((a, i) =>
      names
        .slice(i + 1)
        .flatMap((b) => axes[a]!.flatMap((x) => axes[b]!.map((y) => pair(a, x, b, y)))),
    ),
  );
  const combinations: Record<string, string>[] = [];
  while (open.size > 0) combinations.push(nextCombination(names, axes, open));
  return combinations as ReturnType<typeof pairwise<Axes>>;
}

/** Starts with a pair that has not been, and adds of each axis the value that makes most new pairs. */
function nextCombination(
  names: readonly string[],
  axes: Record<string, readonly string[]>,
  open: Set<string>,
): Record<string, string> {
  const [first] = open;
  const [a, x, b, y] = JSON.parse(first!) as [string, string, string, string];
  const chosen: Record<string, string> = {[a]: x, [b]: y};
  for (const name of names) {
    if (name in chosen) continue;
    const gain = (value: string) =>
      Object.entries(chosen).filter(([other, it]) =>
        open.has(ordered(names, name, value, other, it)),
      ).length;
    chosen[name] = axes[name]!.reduce((best, value) => (gain(value) > gain(best) ? value : best));
  }
  for (const [i, one] of names.entries()) {
    for (const other of names.slice(i + 1)) {
      open.delete(pair(one, chosen[one]!, other, chosen[other]!));
    }
  }
  return chosen;
}

function ordered(names: readonly string[], a: string, x: string, b: string, y: string): string {
  return names.indexOf(a) < names.indexOf(b) ? pair(a, x, b, y) : pair(b, y, a, x);
}

function pair(a: string, x: string, b: string, y: string): string {
  return JSON.stringify([a, x, b, y]);
}
