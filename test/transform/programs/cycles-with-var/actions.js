'use server';
// Runs first, while the variables of the other module are still undefined.
export {save, later as renamed} from './plain.js';
