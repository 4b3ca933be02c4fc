import {isObject} from '../platform/isObject.ts';
import {edgesOf, nameOf, type Edge, type Known} from './graph.ts';
import {isPart} from './pickMembers.ts';

/** A member that was captured for itself, and not with the object around it. */
export interface PickedMember {
  object: object;
  key: string | symbol;
  value: unknown;
}

/** Where a value is among captures. */
export interface Place {
  /** How the program would write it, such as `note.file`. */
  path: string;
  /** The last one on the way. */
  picked?: PickedMember | undefined;
}

/** The shortest way to every value among captures, looked for when it is asked for. */
export class Places {
  readonly #captures: readonly unknown[];
  readonly #names: readonly string[];
  readonly #known: Known;
  #places = new Map<unknown, Place>();
  #picked = new Map<unknown, PickedMember[]>();

  /** @param names of the captured variables, in the order of `captures` */
  constructor(captures: readonly unknown[], names: readonly string[], known: Known) {
    this.#captures = captures;
    this.#names = names;
    this.#known = known;
  }

  /** Looks again for what was not there before, such as what a promise has given since. */
  find(value: unknown): Place | undefined {
    if (!this.#places.has(value)) this.#search();
    return this.#places.get(value);
  }

  /** All members that were captured for themselves and hold this value, as of the last search. */
  pickedWith(value: unknown): readonly PickedMember[] {
    return this.#picked.get(value) ?? [];
  }

  #search(): void {
    this.#places = new Map();
    this.#picked = new Map();
    for (const [index, captured] of this.#captures.entries()) {
      this.#add(captured, {path: nameOf(this.#names, index)});
    }
    // Places that are added meanwhile come last.
    for (const [value, place] of this.#places) {
      if (!isObject(value)) continue;
      for (const edge of edgesOf(value, this.#known)) this.#follow(value, edge, place);
    }
  }

  #follow(object: object, {child, write, key}: Edge, place: Place): void {
    let {picked} = place;
    if (key !== undefined && isPart(object)) {
      picked = {object, key, value: child};
      const others = this.#picked.get(child);
      if (others) others.push(picked);
      else this.#picked.set(child, [picked]);
    }
    this.#add(child, {path: write(place.path), picked});
  }

  #add(value: unknown, place: Place): void {
    if (!this.#places.has(value)) this.#places.set(value, place);
  }
}
