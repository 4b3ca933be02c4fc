export {createNodeHandler, type NodeHandler, type NodeHandlerOptions} from './createNodeHandler.ts';
export type {RenderNodeForm, RenderNodeFormError} from './nodePages.ts';
export {nodeRequest} from './nodeRequest.ts';
