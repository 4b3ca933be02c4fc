import {FIRST_SAMPLE, samples} from './samples.ts';

/** What the page shows, all of it in the address, so that a link shows the same. */
export interface Module {
  source: string;
  /** Path from the project root: `src/actions.ts`. */
  file: string;
  ids: 'path' | 'hashed';
}

/** The part of an address behind `#`. A sample that nobody changed is named, anything else is packed. */
export async function writeAddress(module: Module): Promise<string> {
  const sample = samples.find(({source, file}) => source === module.source && file === module.file);
  const parameters = new URLSearchParams(
    sample ? {sample: sample.key} : {module: await pack([module.file, module.source])},
  );
  if (module.ids === 'hashed') parameters.set('ids', 'hashed');
  return `#${parameters}`;
}

/** Reads what {@link writeAddress} has written. What is no such text gives the first sample. */
export async function readAddress(hash: string): Promise<Module> {
  const parameters = new URLSearchParams(hash.slice(1));
  const ids = parameters.get('ids') === 'hashed' ? 'hashed' : 'path';
  const packed = parameters.get('module');
  const module = packed === null ? null : await unpack(packed);
  if (module) return {file: module[0], source: module[1], ids};
  const key = parameters.get('sample') ?? FIRST_SAMPLE;
  const {file, source} = samples.find((sample) => sample.key === key) ?? samples[0]!;
  return {file, source, ids};
}

type FileAndSource = [file: string, source: string];

async function pack(module: FileAndSource): Promise<string> {
  const bytes = await piped(JSON.stringify(module), new CompressionStream('deflate-raw'));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

async function unpack(text: string): Promise<FileAndSource | null> {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const json = await piped(bytes, new DecompressionStream('deflate-raw'));
    const module: unknown = JSON.parse(new TextDecoder().decode(json));
    return isFileAndSource(module) ? module : null;
  } catch {
    return null;
  }
}

function isFileAndSource(value: unknown): value is FileAndSource {
  return (
    Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string')
  );
}

async function piped(
  data: string | Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const stream = new Blob([data]).stream().pipeThrough(through);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
