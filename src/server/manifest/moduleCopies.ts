import {bundle} from '../bundle.ts';
import type {ServerReference} from './references.ts';

/** A server function that a module registered, and when. */
interface Registration {
  reference: WeakRef<object>;
  order: number;
}

/** By id: the last two. */
const registrations = new Map<string, Registration[]>();
/** By id: what calls run, where it was imported, and whether its module has been required since. */
const imported = new Map<string, {reference: object; isRequired: () => boolean}>();
/** By file: how many functions had been registered when it was first loaded for a call. */
const startOfLoad = new Map<string, number>();
let count = 0;

/** Whether a module of this process has registered a server function of this id. */
export function isRegistered(id: string): boolean {
  return registrations.has(id);
}

/** To be called before a module is loaded for a call. */
export function beginLoad(file: string): void {
  if (!startOfLoad.has(file)) startOfLoad.set(file, count);
}

/**
 * Keeps in mind what a module exports as a server function, so that a second copy of the module is
 * noticed. A module that is loaded again is no second copy: tools that replace modules while someone
 * works on them do that, and so do tests.
 *
 * @throws Error when calls run an imported copy of the module, and this is one that was required
 */
export function recordExport(reference: ServerReference): void {
  // A bundle has one copy of each module; and some of the runtimes it is for have no WeakRef.
  if (bundle) return;
  const id = reference.$$id;
  const previous = registrations.get(id)?.at(-1);
  const registration = {reference: new WeakRef(reference), order: ++count};
  registrations.set(id, previous ? [previous, registration] : [registration]);
  const called = imported.get(id);
  if (called && called.reference !== reference && called.isRequired()) {
    throw new Error(
      `${twoCopies(id)}: a call has loaded one by import(), and now the app loads another by require(). Require the module when the server starts, before it is called, or import it everywhere.`,
    );
  }
}

/**
 * Checks a server function whose module was imported for a call.
 *
 * @param file as for {@link beginLoad}
 * @param isRequired whether the module has been required
 * @throws Error when the import made a copy of a module that the app has loaded in another way
 */
export function assertOnlyCopy(
  reference: ServerReference,
  file: string,
  isRequired: () => boolean,
): void {
  const id = reference.$$id;
  const isNew = ({order}: Registration) => order > startOfLoad.get(file)!;
  const [other, own] = registrations.get(id) ?? [];
  const isOwnNew = own?.reference.deref() === reference && isNew(own);
  if (isOwnNew && other && !isNew(other) && other.reference.deref()) {
    throw new Error(
      `${twoCopies(id)}: the app has loaded one, and the call another by import(). Import the module by its path, without a query. Where a tool loads the modules of the app in its own way, let it load the handler too.`,
    );
  }
  imported.set(id, {reference, isRequired});
}

function twoCopies(id: string): string {
  return `The server function ${id} is in two copies of its module, and what one remembers, the other does not know`;
}
