import {memory} from '../../memory.ts';

export const post = memory({likes: 41});
