/** What React says of values that cannot travel is about components; here it is results and arguments. */
const ADVICE: readonly [RegExp, string][] = [
  [
    /^Only plain objects/,
    'The function returns what cannot be sent to the browser. Return plain data: {...row}, or the members that the page shows.',
  ],
  [
    /^Functions cannot be passed directly to Client Components/,
    'The function returns a function, which cannot be sent to the browser. Return what it gives, or a server function.',
  ],
  [
    /^Event handlers cannot be passed/,
    'An element in the result has a function of the server. Make it a server function, by "use server", or move the element into a client component.',
  ],
  [/^Only global symbols/, 'The function returns a symbol. Return a text in its place.'],
  [
    /temporary client reference|temporary Client Reference/,
    "The argument could not be sent: it is a function, an element or an instance of a class, and the server has a placeholder for it. The browser's console names the place. Send plain data.",
  ],
  [
    /is on the client\. It's not possible to invoke a client function/,
    'The module has "use client", so the server only has references to what it exports. Move what both sides need into a module without it.',
  ],
];

/** What to write instead, for messages of React, and for what is no error. */
export function adviceFor(message: string, isError: boolean): string | undefined {
  if (!isError) {
    return 'Throw an Error, which has a stack: throw new Error(text).';
  }
  return ADVICE.find(([pattern]) => pattern.test(message))?.[1];
}
