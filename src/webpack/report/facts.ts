import type {DirectiveModule} from '../compileModule.ts';
import type {ReportedModule, FunctionUser} from '../../report/report.ts';

/** An import of a module on the border, or of an export of one. */
export interface FoundImport extends Pick<FunctionUser, 'graph' | 'uses' | 'chunks'> {
  /** Absolute path of the module that imports. */
  from: string;
  /** Absolute path of the `"use server"` or `"use client"` module. */
  to: string;
  /** `'*'` for the whole module. */
  name: string;
}

/** What one build, or the sources of the server, tell of one side. */
export interface SideFacts {
  imports: FoundImport[];
  modules: ReportedModule[];
}

/** Whether a module makes what it exports callable, also what it exports again: that keeps its own id. */
export function givesServerFunctions(module: DirectiveModule | undefined): boolean {
  return module !== undefined && !module.isClientModule && module.serverReferences.length > 0;
}
