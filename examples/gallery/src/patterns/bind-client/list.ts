import {memory} from '../../memory.ts';

export const list = memory({
  items: [
    {id: 1, name: 'One'},
    {id: 2, name: 'Two'},
  ],
});
