import {createStore} from './store.ts';

/** For the panel that says how the page works. */
export const lastCall = createStore<{id: string; milliseconds: number} | undefined>(undefined);
