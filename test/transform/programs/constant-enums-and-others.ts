declare const counter: number;
const LIMIT = 9;
function Page() {
  (globalThis as any).counter++;
  enum Bits {
    A = 1,
    B = A << 1,
    Both = A | B,
    Length = 'xyz'.length,
    Limit = LIMIT,
  }
  enum Counted {
    Now = counter,
  }
  enum Size {
    Small,
    Large = 10,
  }
  class Parcel {
    static size = Size.Large;
    kind = Size.Small;
  }
  return async () => {
    'use server';
    return [Bits.Both, Bits[1], Bits.Length, Bits.Limit, Counted.Now, Parcel.size, new Parcel().kind];
  };
}
export async function scenario(call: (fn: any) => unknown) {
  (globalThis as any).counter = 1;
  const page = Page();
  Page();
  return call(page);
}
