import runs from './runs.js'
const ran = globalThis.ran
import chosen, {load} from './chosen.js'
const count = globalThis.chosen

export async function scenario(call) {
  return [ran, count, await call(runs, 1, 2), await call(chosen, 3), await call(load, 4)]
}
