import {memory} from '../../memory.ts';

export const counter = memory({value: 0});
