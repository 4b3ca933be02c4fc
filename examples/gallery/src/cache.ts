import {createMemoryCache} from 'use-server-webpack-plugin/server';

/** What `revalidatePath` and `revalidateTag` empty: see `cache` in server.ts. */
export const cache = createMemoryCache();
