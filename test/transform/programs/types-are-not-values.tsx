interface Note {
  id: number;
  title?: string;
}
enum Color {
  Red = 'red',
}
function Page<T extends Note>({note, list}: {note: T; list: readonly string[]}) {
  type Local = {a: T};
  enum Inner {
    A = 1,
  }
  async function save(data: Local | null, tag: number = note.id as number): Promise<unknown> {
    'use server';
    const x = list!.length satisfies number;
    return [(note as Note).title, data, tag, x, Color.Red, Inner.A, <T,>(t: T) => t].slice(0, 6);
  }
  return save;
}
declare const nothing: string;
export async function scenario(call: (fn: Function, ...args: unknown[]) => unknown) {
  return [await call(Page({note: {id: 1, title: 't', extra: 2} as Note, list: ['a']}), null)];
}
