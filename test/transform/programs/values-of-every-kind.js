function Page(values) {
  return async () => {
    'use server';
    const {bytes, view, buffer, blob, form, iterator, generated, stream, error} = values;
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    const yielded = [];
    for await (const item of generated) yielded.push(item);
    return [
      [...bytes], view.getInt16(0), buffer.byteLength, await blob.text(), blob.type,
      [...form], [...iterator], yielded, chunks.join(),
      error instanceof Error, values.nested.get('set').has(3n),
      values.sparse.length, values.strings, values.float.constructor.name,
      values.nullProto?.a,
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
      iterator: new Set([1, 2]).values(),
      generated: (async function* () {
        yield 1;
        yield 2;
      })(),
      stream: new ReadableStream({
        start(controller) {
          controller.enqueue('a');
          controller.enqueue('b');
          controller.close();
        },
      }),
      error: new Error('e'),
      nested: new Map([['set', new Set([3n])]]),
      sparse: [, 1],
      strings: ['$', '$$', '$undefined', '@', '\u2028', '\ud83d\ude00', '', 'a'.repeat(2000)],
      float: new Float64Array([1.5]),
    }),
  );
}
