/*
 * `use-server-webpack-plugin/runtime` without the `react-server` condition, under which modules are
 * compiled to import it. React's server packages refuse to load here; what is called says why.
 */
import {RUNTIME_ENTRY} from '../references/entryPoints.ts';
import {needsCondition} from '../server/needsCondition.ts';

export const callInlineFunction = needsCondition('callInlineFunction', RUNTIME_ENTRY);
export const createClientModuleProxy = needsCondition('createClientModuleProxy', RUNTIME_ENTRY);
export const pickMembers = needsCondition('pickMembers', RUNTIME_ENTRY);
export const provideFactory = needsCondition('provideFactory', RUNTIME_ENTRY);
export const providedFactory = needsCondition('providedFactory', RUNTIME_ENTRY);
export const provideOriginal = needsCondition('provideOriginal', RUNTIME_ENTRY);
export const registerClientReference = needsCondition('registerClientReference', RUNTIME_ENTRY);
export const registerCommonJsExports = needsCondition('registerCommonJsExports', RUNTIME_ENTRY);
export const registerInlineExport = needsCondition('registerInlineExport', RUNTIME_ENTRY);
export const registerInlineFunction = needsCondition('registerInlineFunction', RUNTIME_ENTRY);
export const registerMethod = needsCondition('registerMethod', RUNTIME_ENTRY);
export const registerServerExport = needsCondition('registerServerExport', RUNTIME_ENTRY);
export const registerServerImport = needsCondition('registerServerImport', RUNTIME_ENTRY);
export const registerServerReference = needsCondition('registerServerReference', RUNTIME_ENTRY);
