import {memory} from '../../memory.ts';

export const shelf = memory({last: 'nothing'});
