// Over the wire a write is lost, and a warning says so; this program only reads its own copy.
function counter(start) {
  let count = start;
  async function increment() {
    'use server';
    count++;
    return count;
  }
  return increment;
}
export async function scenario(call) {
  return [await call(counter(1))];
}
