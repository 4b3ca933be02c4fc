/** A request as a line for a shell. Whoever sent it wrote most of it, so no part of it says more than itself. */
export function asCurl(
  {method, url}: {method: string; url: string},
  headers: readonly (readonly [name: string, value: string])[],
  body: string,
): string {
  const kept = headers.filter(
    ([name]) => !/^(?:connection|content-length|accept-encoding)$/.test(name),
  );
  return [
    `curl ${quote(url)} --globoff -X ${quote(method)}`,
    ...kept.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body === '' ? [] : [`--data-raw ${quote(body)}`]),
  ].join(' \\\n  ');
}

/** Nothing in single quotes means anything to a shell, but their end. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
