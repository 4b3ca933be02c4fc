export * from './deep.js';
export async function plainOne(x) {
  return ['plain', x];
}
export async function shadowed(x) {
  return ['hidden', x];
}
const text = async (x) => ['string', x];
export {text as 'string name'};
export default async function (x) {
  return ['plain default', x];
}
