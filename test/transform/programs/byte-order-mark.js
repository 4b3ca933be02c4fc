"use server";
export async function save(x) { return ["bom", x] }
export async function scenario(call) { return [await call(save, 1)] }
