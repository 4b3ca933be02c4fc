function Page(id) {
  return async (x) => { "use server"; return ["bom", id, x] }
}
export async function scenario(call) { return [await call(Page(2), 1)] }
