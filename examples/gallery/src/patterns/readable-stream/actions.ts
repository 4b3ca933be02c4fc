'use server';
import {sleep} from '../../memory.ts';

const poem = 'The fog comes on little cat feet. It sits looking over harbor and city.';

export async function recite() {
  const words = poem.split(' ').values();
  return new ReadableStream<string>({
    async pull(controller) {
      await sleep(100);
      const {value, done} = words.next();
      if (done) controller.close();
      else controller.enqueue(`${value} `);
    },
  });
}
