#!/usr/bin/env node
/* comment */ "use server"
export async function save(x) { return ["hashbang", x] }
export async function scenario(call) { return [await call(save, 1)] }
