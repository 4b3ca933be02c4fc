import {fileURLToPath} from 'node:url';

/** Where node_modules is. */
const root = fileURLToPath(new URL('../..', import.meta.url));

export default {poweredByHeader: false, outputFileTracingRoot: root, turbopack: {root}};
