import * as flight from 'react-server-dom-webpack/client';
import {createHtmlReference} from '../references/htmlReference.ts';
import {watchBind} from './boundReferences.ts';
import type {CallServer} from './createCallServer.ts';

/** What React's server renderer writes into a form, or into a button, for a server function. */
export interface FormActionFields {
  /** Name of the button, or of a hidden field. */
  name?: string | undefined;
  /** URL that the form is posted to. */
  action?: string | undefined;
  /** As the attribute of a form. */
  encType?: string | undefined;
  /** As the attribute of a form. */
  method?: string | undefined;
  /** As the attribute of a form. */
  target?: string | undefined;
  /** Hidden fields. */
  data?: FormData | null | undefined;
}

type CreateServerReference = (
  id: string,
  callServer: CallServer,
  encodeFormAction?: undefined,
  findSourceMapURL?: undefined,
  functionName?: string,
) => (...args: any[]) => Promise<any>;

let change: ((fields: FormActionFields, id: string) => FormActionFields) | undefined;

/**
 * Changes how imported server functions are written into the HTML of forms, for browsers without
 * JavaScript: `encodeFormAction` of React, with what React itself would write to begin with. Call it
 * once in the program that makes the HTML. The handler takes a form at every URL, as long as it is
 * multipart and has the fields of React.
 *
 *     customizeFormActions((fields, id) => ({...fields, action: '/forms'}));
 *
 * @param newChange gives what is written
 */
export function customizeFormActions(
  newChange: (fields: FormActionFields, id: string) => FormActionFields,
): void {
  change = newChange;
}

interface FormReference {
  (): never;
  $$FORM_ACTION?: (prefix: string) => FormActionFields;
}

/**
 * What stands in the place of a server function in the browser and during SSR. In the browser it is
 * React's own. During SSR it writes the hidden fields of forms; calling it is an error.
 *
 * The stubs of the compiler call it. Applications import server functions instead.
 *
 * @param id `$$id` of the server function
 * @param callServer called by the reference, with the id and the arguments
 * @param encodeFormAction unused: see {@link customizeFormActions}
 * @param findSourceMapURL where the source map of a stub is, in development
 * @param functionName name that the function has in stacks, in development
 */
export const createServerReference: CreateServerReference = /*#__PURE__*/ hasFormActions()
  ? (id) => createFormReference(id) as never
  : (...args) => watchBind(flight.createServerReference(...args));

/** React's builds for the server give them to every reference; its browser build does not. */
function hasFormActions(): boolean {
  return '$$FORM_ACTION' in flight.registerServerReference(() => {}, '');
}

function createFormReference(id: string): FormReference {
  const reference: FormReference = createHtmlReference(id);
  // React defines the property again, but leaves it changeable if it is there already.
  Object.defineProperty(reference, '$$FORM_ACTION', {configurable: true, writable: true});
  flight.registerServerReference(reference, id);
  const encode = reference.$$FORM_ACTION!;
  // React's `bind` copies it to bound references, and they call it as their own.
  reference.$$FORM_ACTION = function (this: FormReference, prefix) {
    const fields = encode.call(this, prefix);
    return change ? change(fields, id) : fields;
  };
  return reference;
}
