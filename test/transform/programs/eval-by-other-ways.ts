// Indirect eval knows the global scope only.
export function Page(note: string) {
  return async () => {
    'use server';
    return ((0, eval) as any)('1 + 1') + eval?.('1') + (globalThis as any).eval('2');
  };
}
export async function scenario(call: any) {
  return call(Page('local'));
}
