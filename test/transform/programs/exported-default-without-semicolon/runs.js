'use server'
export default async (...args) => { globalThis.ran = args; return args }
(globalThis.ran = 'the next line')
