'use server';
let a = async () => 'first';
export default a;
export {a};
a = async () => 'second';
