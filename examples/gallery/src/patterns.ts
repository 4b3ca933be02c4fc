// Every page of the gallery, in order. The page of `slug` is patterns/<slug>/Page.tsx, and the code that
// it shows is the files of that folder.

export interface Pattern {
  slug: string;
  title: string;
  summary: string;
}

export interface Group {
  name: string;
  patterns: Pattern[];
}

export const groups: Group[] = [
  {
    name: 'Getting hold of a function',
    patterns: [
      {
        slug: 'passed-as-prop',
        title: 'Created in a Server Component',
        summary:
          'A Server Component makes a server function and passes it to a client component as a prop. The browser gets a reference; the body stays on the server.',
      },
      {
        slug: 'imported',
        title: 'Imported by a client component',
        summary:
          'A client component imports from a "use server" module as from any other. What the import brings is a reference that calls the server.',
      },
      {
        slug: 'higher-order',
        title: 'Passed on by a higher-order component',
        summary:
          'A higher-order component takes the server function that it is given, wraps it, and passes it on to any component.',
      },
    ],
  },
  {
    name: 'Calling it',
    patterns: [
      {
        slug: 'event-handler',
        title: 'In an event handler',
        summary: 'Call it like any async function, and use what it returns.',
      },
      {
        slug: 'effect',
        title: 'In useEffect',
        summary: 'A call when the component appears, wrapped in a transition.',
      },
      {
        slug: 'transition',
        title: 'In startTransition',
        summary:
          'A transition knows when the call is under way. Send the field empty to see the error.',
      },
      {
        slug: 'side-by-side',
        title: 'Several at once',
        summary: 'Calls do not wait for one another: three of one second each take one second.',
      },
      {
        slug: 'abort',
        title: 'Stopped by an AbortSignal',
        summary:
          'A call whose result is not wanted any more is stopped: the request ends, the promise rejects, and the server function learns of it.',
      },
    ],
  },
  {
    name: 'Forms',
    patterns: [
      {
        slug: 'form-server',
        title: 'A form in a Server Component',
        summary:
          'The action of the form is a server function written beside it. It needs no client component.',
      },
      {
        slug: 'form-client',
        title: 'A form in a client component',
        summary: 'The action of the form is an imported server function.',
      },
      {
        slug: 'form-action',
        title: 'formAction on a button',
        summary: 'The button brings the server function; the form has no action of its own.',
      },
      {
        slug: 'several-buttons',
        title: 'Several buttons in one form',
        summary: 'Each button of the form calls a function of its own with the same fields.',
      },
      {
        slug: 'form-reset',
        title: 'Reset after success',
        summary:
          'React empties the fields of a form once its action has succeeded. Fields with a default value go back to that.',
      },
      {
        slug: 'form-status',
        title: 'useFormStatus',
        summary: 'A button that knows whether its form is being sent, and what is in it.',
      },
      {
        slug: 'upload',
        title: 'A file, with progress',
        summary: 'Files travel like any other field. The client can watch how far they are.',
      },
    ],
  },
  {
    name: 'Forms with state',
    patterns: [
      {
        slug: 'action-state',
        title: 'useActionState',
        summary:
          'The server function gets the previous state and returns the next one: here, the error to show. The hook also tells whether a call is pending.',
      },
      {
        slug: 'action-state-button',
        title: 'useActionState without a form',
        summary: 'The action of the hook can be called from a button, in a transition.',
      },
      {
        slug: 'permalink',
        title: 'A permalink',
        summary:
          'Where the form goes when it is sent before JavaScript has arrived: a page of its own, which shows the same form with its new state.',
      },
      {
        slug: 'replay',
        title: 'Sent before hydration',
        summary:
          'A form whose action is a function of the client is kept when it is sent too early, and sent once React is there. Open the page with a late script, and send at once.',
      },
      {
        slug: 'optimistic',
        title: 'useOptimistic',
        summary: 'The message stands in the list before the server has answered.',
      },
    ],
  },
  {
    name: 'Arguments',
    patterns: [
      {
        slug: 'bind-server',
        title: 'bind on the server',
        summary:
          'A Server Component binds further arguments. They travel with the reference and come before the form.',
      },
      {
        slug: 'bind-client',
        title: 'bind on the client',
        summary: 'A client component binds further arguments to an imported function.',
      },
      {
        slug: 'function-argument',
        title: 'A server function as an argument',
        summary:
          'The browser hands a server function to another one. On the server it is the real function again, and what it captured is still with it.',
      },
      {
        slug: 'temporary-references',
        title: 'Temporary references',
        summary:
          'What cannot travel, like JSX with state of its own, stays in the browser. The server gets a stand-in, puts it into its result, and the browser finds its own value there.',
      },
    ],
  },
  {
    name: 'Results',
    patterns: [
      {
        slug: 'jsx',
        title: 'JSX',
        summary: 'The result may be an element, client components included.',
      },
      {
        slug: 'promise',
        title: 'A promise in the result',
        summary:
          'The result arrives at once; the promise in it settles later, over the same response.',
      },
      {
        slug: 'async-generator',
        title: 'An async generator',
        summary: 'Each value is shown as soon as the server yields it.',
      },
      {
        slug: 'readable-stream',
        title: 'A ReadableStream',
        summary: 'Bytes and text arrive as they are written.',
      },
    ],
  },
  {
    name: 'The request around it',
    patterns: [
      {
        slug: 'cookies',
        title: 'Cookies',
        summary: 'Read, set and deleted in a server function, and read by the page.',
      },
      {
        slug: 'headers',
        title: 'Headers',
        summary: 'What the browser said about itself when it called.',
      },
      {
        slug: 'redirect',
        title: 'redirect',
        summary: 'Leads the browser to another page after the work is done.',
      },
      {
        slug: 'not-found',
        title: 'notFound',
        summary: 'Says that what was asked for does not exist.',
      },
      {
        slug: 'revalidate-path',
        title: 'revalidatePath',
        summary:
          'The page is rendered again and comes back with the result of the call, in the same response. Without it, only the result is sent.',
      },
      {
        slug: 'revalidate-tag',
        title: 'revalidateTag',
        summary:
          'The weather is kept in a cache under a tag. It is asked for again only after the tag is revalidated.',
      },
    ],
  },
  {
    name: 'When it fails',
    patterns: [
      {
        slug: 'errors',
        title: 'Thrown errors',
        summary:
          'An error boundary shows what a server function throws: the message in development, in production a digest that stands in the log of the server too.',
      },
      {
        slug: 'failures',
        title: 'Calls that do not arrive',
        summary:
          'A lost network, a page of another build and a refusal are told apart by type, and handled once for the whole app. Choose what happens to the next calls, and ping.',
      },
    ],
  },
];

export const patterns: Pattern[] = groups.flatMap((group) => group.patterns);

export const findPattern = (slug: string): Pattern | undefined =>
  patterns.find((pattern) => pattern.slug === slug);
