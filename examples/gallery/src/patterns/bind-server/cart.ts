import {memory} from '../../memory.ts';

export const cart = memory({
  items: [
    {name: 'Apples', quantity: 3},
    {name: 'Pears', quantity: 1},
  ],
});
