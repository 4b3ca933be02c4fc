'use server';
type Props = {a: number};
export async function save(x: Props) {
  return ['alias', x];
}
export default Props;
