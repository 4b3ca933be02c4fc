import {redirect} from 'use-server-webpack-plugin/server';
import type {DemoProps} from '../../app/Demo.tsx';
import {FormGuard} from '../../app/FormGuard.tsx';
import {memory} from '../../memory.ts';

const shop = memory({orders: 1000});

export default function Page({searchParams}: DemoProps) {
  async function order() {
    'use server';
    const number = ++shop.orders;
    redirect(`/redirect?order=${number}`);
  }

  const number = searchParams.get('order');
  if (number) {
    return (
      <>
        <p role="status">Order {number} is placed.</p>
        <a href="/redirect">Back</a>
      </>
    );
  }
  return (
    <form action={order}>
      <button>Order</button>
      <FormGuard />
    </form>
  );
}
