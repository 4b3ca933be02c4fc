/**
 * Where the nodes of common types have children that run, in the order of the source. A walk by this
 * table is several times faster than one over all properties; types that are not in it are walked by
 * their properties.
 */
export const CHILD_KEYS: Readonly<Record<string, readonly string[]>> = {
  // Leaves
  BigIntLiteral: [],
  BooleanLiteral: [],
  BreakStatement: [],
  ContinueStatement: [],
  DebuggerStatement: [],
  EmptyStatement: [],
  Identifier: [],
  Import: [],
  JSXClosingFragment: [],
  JSXEmptyExpression: [],
  JSXIdentifier: [],
  JSXOpeningFragment: [],
  JSXText: [],
  MetaProperty: [],
  NullLiteral: [],
  NumericLiteral: [],
  RegExpLiteral: [],
  StringLiteral: [],
  Super: [],
  TemplateElement: [],
  ThisExpression: [],

  // Expressions
  ArrayExpression: ['elements'],
  AssignmentExpression: ['left', 'right'],
  AwaitExpression: ['argument'],
  BinaryExpression: ['left', 'right'],
  CallExpression: ['callee', 'arguments'],
  ConditionalExpression: ['test', 'consequent', 'alternate'],
  ImportExpression: ['source', 'options'],
  LogicalExpression: ['left', 'right'],
  MemberExpression: ['object', 'property'],
  NewExpression: ['callee', 'arguments'],
  ObjectExpression: ['properties'],
  OptionalCallExpression: ['callee', 'arguments'],
  OptionalMemberExpression: ['object', 'property'],
  SequenceExpression: ['expressions'],
  SpreadElement: ['argument'],
  TaggedTemplateExpression: ['tag', 'quasi'],
  TemplateLiteral: ['expressions'],
  UnaryExpression: ['argument'],
  UpdateExpression: ['argument'],
  YieldExpression: ['argument'],

  // Patterns
  ArrayPattern: ['elements'],
  AssignmentPattern: ['left', 'right'],
  ObjectPattern: ['properties'],
  RestElement: ['argument'],

  // Functions and classes
  ArrowFunctionExpression: ['params', 'body'],
  ClassBody: ['body'],
  FunctionDeclaration: ['id', 'params', 'body'],
  FunctionExpression: ['id', 'params', 'body'],
  PrivateName: [],
  StaticBlock: ['body'],

  // Statements
  BlockStatement: ['body'],
  CatchClause: ['param', 'body'],
  DoWhileStatement: ['body', 'test'],
  ExpressionStatement: ['expression'],
  ForInStatement: ['left', 'right', 'body'],
  ForOfStatement: ['left', 'right', 'body'],
  ForStatement: ['init', 'test', 'update', 'body'],
  IfStatement: ['test', 'consequent', 'alternate'],
  LabeledStatement: ['body'],
  Program: ['body'],
  ReturnStatement: ['argument'],
  SwitchCase: ['test', 'consequent'],
  SwitchStatement: ['discriminant', 'cases'],
  ThrowStatement: ['argument'],
  TryStatement: ['block', 'handler', 'finalizer'],
  VariableDeclaration: ['declarations'],
  VariableDeclarator: ['id', 'init'],
  WhileStatement: ['test', 'body'],

  // Modules
  ExportDefaultDeclaration: ['declaration'],
  ExportNamedDeclaration: ['declaration', 'specifiers'],
  ImportDeclaration: [],

  // JSX
  JSXAttribute: ['name', 'value'],
  JSXClosingElement: ['name'],
  JSXElement: ['openingElement', 'children'],
  JSXExpressionContainer: ['expression'],
  JSXFragment: ['children'],
  JSXMemberExpression: ['object', 'property'],
  JSXOpeningElement: ['name', 'attributes'],
  JSXSpreadAttribute: ['argument'],
  JSXSpreadChild: ['expression'],

  // TypeScript and Flow around expressions
  AsExpression: ['expression'],
  TSAsExpression: ['expression'],
  TSInstantiationExpression: ['expression'],
  TSNonNullExpression: ['expression'],
  TSSatisfiesExpression: ['expression'],
  TSTypeAssertion: ['expression'],
  TypeCastExpression: ['expression'],
};
