'use server';

export async function transfer(amount: number) {
  throw new Error(`The account has less than ${amount}.`);
}
