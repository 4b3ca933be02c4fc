export type Bytes = Uint8Array<ArrayBuffer>;

/** Pieces of bytes as one, without a copy where there is only one. */
export function concatenate(pieces: readonly Bytes[], size: number): Bytes {
  if (pieces.length === 1) return pieces[0]!;
  const bytes = new Uint8Array(size);
  let position = 0;
  for (const piece of pieces) {
    bytes.set(piece, position);
    position += piece.byteLength;
  }
  return bytes;
}

/** What a body parser has left: a text that it has decoded, or the bytes. */
export function parsedBytes(body: string | Uint8Array): Bytes {
  return typeof body === 'string' ? new TextEncoder().encode(body) : (body as Bytes);
}
