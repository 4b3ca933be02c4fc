'use server';
namespace Props {
  export type A = number;
}
export async function save(x: Props.A) {
  return ['namespace', x];
}
export default Props;
