/** The options that the transform parses with. */
export function parserOptions(filename) {
  const isTypeScript = /\.[mc]?tsx?$/.test(filename);
  return {
    sourceType: 'unambiguous',
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: true,
    allowUndeclaredExports: true,
    errorRecovery: true,
    attachComment: false,
    plugins: [
      'decorators-legacy',
      'decoratorAutoAccessors',
      'explicitResourceManagement',
      'importAttributes',
      'sourcePhaseImports',
      'deferredImportEvaluation',
      ...(isTypeScript ? ['typescript'] : []),
      ...(/\.[mc]?ts$/.test(filename) ? [] : ['jsx']),
    ],
  };
}
