export {same} from './c.js';
export const both = async () => 'a';
export const onlyA = async (x) => ['only a', x];
