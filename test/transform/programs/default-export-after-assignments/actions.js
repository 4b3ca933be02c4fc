'use server';
let save = async (x) => ['save', x];
save = ((fn) => async (x) => ['checked', await fn(x)])(save);
export default save;
export {save, save as store};
