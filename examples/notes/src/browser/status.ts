import {createStore} from './store.ts';

/** What the page says of the latest call. */
export const status = createStore({text: '', number: 0});

/** Says it, also when it was said before. */
export function announce(text: string): void {
  status.set({text, number: status.get().number + 1});
}
