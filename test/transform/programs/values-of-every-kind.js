function Page(values) {
  return async () => {
    'use server';
    const {bytes, view, buffer, blob, form, error} = values;
    return [
      [...bytes], view.getInt16(0), buffer.byteLength, await blob.text(), blob.type,
      [...form],
      error instanceof Error, values.nested.get('set').has(3n),
      values.sparse.length, values.strings, values.float.constructor.name,
      values.nullProto.a, Object.getPrototypeOf(values.nullProto),
    ];
  };
}
export async function scenario(call) {
  const form = new FormData();
  form.append('a', '1');
  form.append('a', '2');
  return call(
    Page({
      bytes: new Uint8Array([1, 255]),
      view: new DataView(new Uint8Array([1, 2]).buffer),
      buffer: new ArrayBuffer(3),
      blob: new Blob(['text'], {type: 'text/plain'}),
      form,
      error: new Error('e'),
      nested: new Map([['set', new Set([3n])]]),
      sparse: [, 1],
      strings: ['$', '$$', '$undefined', '@', '\u2028', '\ud83d\ude00', '', 'a'.repeat(2000)],
      float: new Float64Array([1.5]),
      nullProto: Object.assign(Object.create(null), {a: 1}),
    }),
  );
}
