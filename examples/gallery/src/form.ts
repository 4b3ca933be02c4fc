/** A field as text. Never trust what arrives: a request can hold anything, a file or nothing too. */
export function readText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
