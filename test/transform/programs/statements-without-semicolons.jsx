// What follows a server function without a semicolon is a statement, or a class member, of its own.
const lines = []
let count = 0

const atModuleLevel = async (...args) => { 'use server'; return ['module', args.length] }
(lines.length || lines.push('first'))

export function Page(note) {
  const parens = async (...args) => { 'use server'; return [note, args.length] }
  (function () { lines.push('function') })()
  let array = async () => {
    'use server'
    return [note, 'array']
  } // a comment
  /* and another */
  [1].forEach((line) => lines.push(line))
  let template, regexp, minus
  template = regexp = async () => { 'use server'; return [note, 'template'] }
  `${lines.push('template')}`
  regexp = count ? null : async () => { 'use server'; return [note, 'regexp'] }
  /x/g.test(lines.push('regexp'))
  minus = async () => { 'use server'; return [note, 'minus'] }
  -count++
  let either
  if (count) either = async () => { 'use server'; return [note, 'if'] }
  else either = async () => { 'use server'; return [note, 'else'] }
  const element = () => async () => { 'use server'; return [note, 'element'] }
  <b />
  return {parens, array, template, regexp, minus, either, made: element(), members: members(note)}
}

function members(note) {
  class Members {
    static star = async () => { 'use server'; return [note, 'star'] }
    *numbers() { yield 1 }
    static computed = async () => { 'use server'; return [note, 'computed'] }
    ['key']() { return 2 }
    static in = async () => { 'use server'; return [note, 'in'] }
    in
    instanceof = 3
  }
  const rest = new Members()
  lines.push([...rest.numbers()], rest.key(), 'in' in rest, rest.instanceof)
  const {star, computed, in: inside} = Members
  return {star, computed, inside}
}

function Rebuilt(note) {
  const helper = () => {
    let inner = async () => { 'use server'; return note }
    [0].forEach((x) => x)
    return inner
  }
  const wrapped = () => async () => { 'use server'; return [note] }
  return async () => {
    'use server'
    return [await helper()(), await wrapped()()]
  }
}

async function Strict(value) {
  'use strict'
  'use server';(value.push('called'))
  return value
}

export async function scenario(call) {
  lines.length = count = 0
  const {members, ...functions} = Page('note')
  const results = []
  for (const fn of [atModuleLevel, ...Object.values(functions), ...Object.values(members)]) {
    results.push(await call(fn, 1))
  }
  return [results, lines, count, await call(Rebuilt('helper')), await call(Strict, [])]
}
