import {memory} from '../../memory.ts';

export const blog = memory({posts: [{title: 'First', content: 'A beginning.'}]});
