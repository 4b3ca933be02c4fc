// a comment, and the file ends with one
"use server";export let save = async (x) => ["save", x]; save = save; export const scenario = async (call) => [await call(save, 1)] // the end