import {memory} from '../../memory.ts';

export const blog = memory({posts: ['First']});
