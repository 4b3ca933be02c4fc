export {same} from './c.js';
export const both = async () => 'b';
