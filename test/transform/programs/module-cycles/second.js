import './first.js';
await null;
await new Promise((resolve) => setTimeout(resolve, 5));
export const slow = async (x) => ['slow', x];
export async function immediate(x) {
  return ['immediate', x];
}
