/* `use-server-webpack-plugin/node` without the `react-server` condition. */
import {NODE_ENTRY} from '../../references/entryPoints.ts';
import {needsCondition} from '../needsCondition.ts';

export {nodeRequest} from './nodeRequest.ts';

export const createNodeHandler = needsCondition('createNodeHandler', NODE_ENTRY);
