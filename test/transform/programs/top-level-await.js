const config = await Promise.resolve({name: 'config'});
{
  const inBlock = await Promise.resolve('in a block');
  var save = async (x) => {
    'use server';
    return [config.name, inBlock, x];
  };
}
for await (const item of [Promise.resolve('item')]) {
  var inLoop = async () => {
    'use server';
    return item;
  };
}
export async function scenario(call) {
  return [await call(save, 1), await call(inLoop)];
}
