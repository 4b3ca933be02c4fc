'use server';
namespace Notes {
  export const save = async (x: number) => ['save', x];
  export namespace Deep {
    export async function remove(x: number) {
      return ['remove', x];
    }
  }
}
export import save = Notes.save;
import remove = Notes.Deep.remove;
export {remove as removeNote};
export async function scenario(call: (fn: Function, ...args: unknown[]) => unknown) {
  return [await call(save, 1), await call(remove, 2)];
}
