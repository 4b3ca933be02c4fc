// comment
"use strict"
"use server"
export async function save(x) {
  return ["crlf", x, `a
b`]
}
function hidden(a) {
  return async () => {
    "use server"
    return a
  }
}
export const scenario = async (call) => [await call(save, 1), await call(hidden(2))]
