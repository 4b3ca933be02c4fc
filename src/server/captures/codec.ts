import {UnserializableCapturesError} from '../errors.ts';
import type {ServerReference} from '../manifest/references.ts';
import type {MaybePromise} from '../platform/maybePromise.ts';
import {Decoder, type References} from './decoder.ts';
import {Encoder} from './encoder.ts';
import {Graph} from './graph.ts';
import {throwing, thrownBy} from './members.ts';
import {PickedCaptures} from './pickMembers.ts';
import {Places, type PickedMember} from './places.ts';
import {explainUnsendable, unsendableOf, type Unsendable} from './unsendable.ts';

/*
 * The captures of a function as bytes and back, from server to server. What comes back is equal to what was
 * captured, down to which objects are the same, or nothing is sent.
 *
 * devalue (https://github.com/sveltejs/devalue) writes what it can write exactly. Everything else goes in
 * pieces: `["pieces", index]`, with the pieces at that index being
 * [name of the kind, seed, items, own members, whether more can be added].
 * An object is made of its seed alone, and gets the rest when all objects are there: they may hold each other.
 *
 * Bytes: ids of the server functions in a line of JSON, then what devalue has written, in UTF-8.
 */

const decoder = new TextDecoder();

/**
 * Encodes captures, as they are now. Promises are awaited.
 *
 * @param id `$$id` of the server function, for errors
 * @param captures its captured values, as `pickMembers` gives them or whole
 * @param names of the variables
 * @throws {UnserializableCapturesError} for what would not come back as it is
 */
export async function encodeCaptures(
  id: string,
  captures: unknown[],
  names: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const graph = new Graph();
  const picked = new PickedCaptures(captures, graph);
  const {root} = picked;
  const places = new Places(root, names, picked);
  const pathTo = (value: unknown) => places.find(value)?.path;
  let unsendable: Unsendable[] | undefined;
  for (;;) {
    try {
      const bytes = await new Encoder({graph, picked, pathTo}, unsendable).encode(root);
      if (!unsendable?.length) return bytes;
    } catch (cause) {
      unsendable = [unsendableOf(cause)];
    }
    postponeAll(unsendable, id, new Places(root, names, picked));
    // The next round collects all others at once.
    unsendable = [];
  }
}

/**
 * Lets members fail when the function reads them. It may never read them: nothing shows that a member which
 * was captured for itself is needed.
 *
 * @throws {UnserializableCapturesError} for what is not in such a member
 */
function postponeAll(unsendable: readonly Unsendable[], id: string, places: Places): void {
  const postponed = new Set<unknown>();
  for (const found of unsendable) {
    const place = places.find(found.value);
    const value = place?.picked?.value;
    if (place?.picked && postponed.has(value)) continue;
    const text = explainUnsendable(id, found, place);
    const members = place?.picked ? places.pickedWith(value) : [];
    if (members.length === 0 || members.some(hasFailed)) {
      throw new UnserializableCapturesError(text, {cause: found});
    }
    const member = throwing(new UnserializableCapturesError(text));
    for (const {object, key} of members) Object.defineProperty(object, key, member);
    postponed.add(value);
  }
}

/** Whether a member was postponed before, and what it says cannot be sent either. */
function hasFailed({object, key}: PickedMember): boolean {
  const [reason] = thrownBy(Reflect.getOwnPropertyDescriptor(object, key)!) ?? [];
  return reason instanceof UnserializableCapturesError;
}

/**
 * Decodes the values of {@link encodeCaptures}, new ones at each call. The bytes must be trusted: they name
 * functions to load.
 */
export function decodeCaptures(bytes: Uint8Array, references: References): MaybePromise<unknown[]> {
  const text = decoder.decode(bytes);
  const end = text.indexOf('\n');
  const ids = JSON.parse(text.slice(0, end)) as string[];
  const json = text.slice(end + 1);
  if (ids.length === 0) return new Decoder(new Map(), references).decode(json);
  return loadFunctions(ids, references).then((functions) =>
    new Decoder(functions, references).decode(json),
  );
}

async function loadFunctions(
  ids: readonly string[],
  references: References,
): Promise<Map<string, ServerReference>> {
  return new Map(
    await Promise.all(ids.map(async (id) => [id, await references.load(id)] as const)),
  );
}
