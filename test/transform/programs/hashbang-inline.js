#!/usr/bin/env node
function Page(id) {
  return async (x) => { "use server"; return ["hashbang", id, x] }
}
export async function scenario(call) { return [await call(Page(2), 1)] }
