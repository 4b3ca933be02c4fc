"use strict"
function Page(id) { return async () => { "use server"; return id } }
export const scenario = async (call) => [await call(Page(1))] // the end