'use server'
'use server'
export default globalThis.never ? null : async (x) => { 'use server'; return ['chosen', x] }
[1].forEach((x) => { globalThis.chosen = x })
export const load = async (x) => { return ['load', x] }
`${globalThis.chosen++}`
