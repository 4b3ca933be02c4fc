import type {Rule, Scope} from 'eslint';
import {documentationOf} from '../package.ts';
import {isServerFunction} from '../serverFunctions.ts';
import {functionOf, isFunction, listener, variableOf, walk, type Node} from '../syntaxTree.ts';
import {lastName, propertyName, unwrap} from '../../validation/syntax.ts';

const FUNCTIONS_OF_QUERIES = new Set(['queryFn', 'mutationFn']);
const FUNCTIONS_OF_ROUTES = new Set(['loader', 'action']);
/** What React Router makes a router of. */
const ROUTERS = /^create(?:Browser|Hash|Memory|Static)(?:Router|Handler)$|^createRoutesStub$/;

/** Reports server functions that are handed an event or another object which cannot be sent. */
export const noUnsendableArguments: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description:
        'Disallow server functions where they get an event, or another value that cannot be sent',
      recommended: true,
      url: documentationOf('no-unsendable-arguments'),
    },
    schema: [],
    messages: {
      handler:
        'As {{place}} this server function gets the event, which cannot be sent to the server. Write {{place}}={() => …} and pass what it needs.',
      listener:
        'As a listener this server function gets the event, which cannot be sent to the server. Write () => … and pass what it needs.',
      event:
        'An event cannot be sent to the server, nor can an element of the page. Pass what the function needs of it, such as a text or new FormData(form).',
      submit:
        'In {{place}}() this server function gets the event after the values, and an event cannot be sent to the server. Write (values) => … and pass what it needs.',
      query:
        'As {{place}} this server function gets the QueryClient, which cannot be sent to the server. Write a function that passes what it needs.',
      route:
        'As the {{place}} of a route this server function gets a Request, which cannot be sent to the server. Write a function that passes what it needs.',
    },
  },
  create(context) {
    const reportIfServerFunction = (node: Node, messageId: string, place: string) => {
      if (!isServerFunction(node, context)) return;
      context.report({node: node as never, messageId, data: {place}});
    };
    /** @param handler what gets an event as its first argument */
    const checkHandler = (handler: Node, messageId: string, place: string) => {
      const fn = functionOf(handler, context.sourceCode);
      if (!fn) return reportIfServerFunction(handler, messageId, place);
      for (const {callee, argument} of callsWithEvent(fn, context)) {
        if (isServerFunction(callee, context)) {
          context.report({node: argument as never, messageId: 'event'});
        }
      }
    };
    return listener({
      JSXAttribute({parent, name, value}) {
        const expression: Node | undefined = value?.expression;
        if (!expression || name.type !== 'JSXIdentifier') return;
        const element = parent!['name'];
        if (isHostElement(element) && /^on[A-Z]/.test(name.name)) {
          checkHandler(expression, 'handler', name.name);
        } else if (element.name === 'Route' && FUNCTIONS_OF_ROUTES.has(name.name)) {
          reportIfServerFunction(expression, 'route', name.name);
        }
      },
      CallExpression({callee, arguments: args}) {
        const name = lastName(callee);
        if (name === 'addEventListener' && args.length > 1) {
          checkHandler(args[1], 'listener', 'listener');
        } else if (name === 'handleSubmit' && args.length > 0) {
          reportIfServerFunction(args[0], 'submit', name);
        }
      },
      Property(node) {
        const name = propertyName(node);
        if (name === null || node.parent!.type !== 'ObjectExpression') return;
        if (FUNCTIONS_OF_QUERIES.has(name)) reportIfServerFunction(node['value'], 'query', name);
        if (FUNCTIONS_OF_ROUTES.has(name) && isInRouter(node)) {
          reportIfServerFunction(node['value'], 'route', name);
        }
      },
    });
  },
};

/** An element of the page: of components, nothing says when they call what they are given. */
function isHostElement({type, name}: Node): boolean {
  return type === 'JSXIdentifier' && /^[a-z]/.test(name);
}

function isInRouter(property: Node): boolean {
  let node = property.parent;
  while (node && ['ObjectExpression', 'ArrayExpression', 'Property'].includes(node.type)) {
    node = node.parent;
  }
  return node?.type === 'CallExpression' && ROUTERS.test(lastName(node['callee']) ?? '');
}

/** Calls in an event handler that get the event itself, or an element that it names. */
function* callsWithEvent(
  fn: Node,
  {sourceCode}: Rule.RuleContext,
): Generator<{callee: Node; argument: Node}> {
  const parameter: Node | undefined = fn['params'][0];
  if (parameter?.type !== 'Identifier') return;
  const isEvent = (node: Node) =>
    node.type === 'Identifier' &&
    node['name'] === parameter['name'] &&
    isParameter(variableOf(node, sourceCode), parameter);
  const calls: Node[] = [];
  walk(fn['body'], sourceCode, (node) => {
    if (node.type === 'CallExpression') calls.push(node);
    // Another function may run for another event.
    return !isFunction(node) || node.type === 'ArrowFunctionExpression';
  });
  for (const call of calls) {
    for (const argument of call['arguments'] as Node[]) {
      if (isEvent(argument) || isElementOf(argument, isEvent)) {
        yield {callee: call['callee'], argument};
      }
    }
  }
}

function isParameter(variable: Scope.Variable | null, parameter: Node): boolean {
  return (variable?.defs[0]?.name as Node | undefined) === parameter;
}

const ELEMENTS_OF_EVENTS = new Set(['currentTarget', 'nativeEvent', 'relatedTarget', 'target']);

function isElementOf(argument: Node, isEvent: (node: Node) => boolean): boolean {
  const inner = unwrap(argument);
  return (
    inner.type === 'MemberExpression' &&
    isEvent(unwrap(inner['object'])) &&
    ELEMENTS_OF_EVENTS.has(propertyName(inner) ?? '')
  );
}
