import {memory} from '../../memory.ts';

export const notebook = memory({notes: 0});
