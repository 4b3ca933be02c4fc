'use strict'
function Page(id) {
  'use other'
  async function save(x) {
    'use server'
    'use another'
    const inner = async () => {
      'use server' /* comment */
      ;[1].map(String)
      return [id, x]
    }
    async function declared() {
      'use before'
      'use server'
      return [x, await more()]
      async function more() {
        'use server' // comment
        return id
      }
    }
    return [await inner(), await declared()]
  }
  return save
}
export async function scenario(call) {
  return call(Page(1), 2)
}
