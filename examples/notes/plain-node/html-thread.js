// Entry of the HTML thread: TypeScript and the plugin's hooks first, then the code itself.
// (On Node 20 `--import tsx` does not reach worker threads, hence the call.)
import {register} from 'tsx/esm/api';

register();
await import('use-server-webpack-plugin/register');
await import('./htmlThread.ts');
