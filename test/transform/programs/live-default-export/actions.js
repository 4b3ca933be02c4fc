'use server';
export default async function save() {
  return 'declared';
}
save = async () => 'assigned';
let variable = async () => 'variable';
export {variable as other};
variable = async () => 'assigned variable';
