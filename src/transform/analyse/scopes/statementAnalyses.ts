import type {Node} from '../../ast.ts';
import type {InlineFunction} from '../directives.ts';
import {analyzeStatement} from './analyzeStatement.ts';
import type {ScopeAnalysis} from './scope.ts';

/** The scope analyses of top-level statements, each made when it is first asked for. */
export class StatementAnalyses {
  readonly #functions: Node[];
  readonly #ofServerFunctions = new Map<Node, ScopeAnalysis>();
  readonly #ofWhole = new Map<Node, ScopeAnalysis>();

  readonly #isSloppy: boolean;
  readonly #mayCallEval: boolean;
  /** Whether a direct call of `eval` may declare variables that the text does not show. */
  readonly hasHiddenNames: boolean;

  /** @param isSloppy whether the module is not strict */
  constructor(functions: readonly InlineFunction[], isSloppy: boolean, source: string) {
    this.#isSloppy = isSloppy;
    this.#mayCallEval = /\beval\b/.test(source);
    this.hasHiddenNames = isSloppy && this.#mayCallEval;
    this.#functions = outermost(functions.map(({node}) => node));
  }

  /** Knows only the references inside server functions, and direct calls of `eval` anywhere. */
  ofServerFunctions(statement: Node): ScopeAnalysis {
    if (this.#mayCallEval) return this.ofWhole(statement);
    return this.#get(this.#ofServerFunctions, statement, () => this.#functions);
  }

  ofWhole(statement: Node): ScopeAnalysis {
    return this.#get(this.#ofWhole, statement, () => [statement]);
  }

  #get(analyses: Map<Node, ScopeAnalysis>, statement: Node, within: () => Node[]): ScopeAnalysis {
    let analysis = analyses.get(statement);
    if (!analysis) {
      analysis = analyzeStatement(statement, within(), this.#isSloppy);
      analyses.set(statement, analysis);
    }
    return analysis;
  }
}

/** Of nodes in the order of the source those that stand inside no other. */
function outermost(nodes: readonly Node[]): Node[] {
  let end = -1;
  return nodes.filter((node) => {
    const isOutermost = node.start >= end;
    if (isOutermost) end = node.end;
    return isOutermost;
  });
}
