'use server';
const named = (text) => async (x) => [text, x];
export var inFunction = named('plain');
(() => {
  const inner = inFunction;
  inFunction = async (x) => ['wrapped', await inner(x)];
})();
export let thisCall;
(function () {
  thisCall = this.make('called');
}).call({make: named});
export let constructed;
new (function () {
  constructed = named('constructed');
})();
export let awaited = null;
await (async () => {
  await null;
  awaited = named('awaited');
})();
export let nested;
(() => {
  (function () {
    nested = named('nested');
  })();
})();
export let counted = 0;
counted++;
if (counted === 1) counted = named('counted');
export let looped, pattern, rest, conditional;
for (looped of [named('a'), named('b')]);
({pattern, ...rest} = {pattern: named('pattern')});
rest = named('rest');
conditional ??= named('conditional');
export let inStatic;
class Setup {
  static {
    inStatic = named('static block');
  }
  static field = (inStatic = named('static field'));
}
if (Setup) {
  var inBlock = named('in a block');
}
try {
  var inTry = named('in a try');
} finally {
  for (var inLoop of [named('first'), named('last')]);
}
export {inBlock, inTry, inLoop};
export var twice = named('once');
var twice = named('twice');
let renamed = named('before');
export {renamed as other, renamed as 'and another'};
renamed = named('after');
export let bound = async (...args) => ['bound', args];
bound = bound.bind(null, 'argument');
export let kept = named('kept');
const before = kept;
if (counted === 2) kept = named('not this');
export let shadowed = named('shadowed');
export async function shadowing(shadowed) {
  shadowed = [shadowed, 'parameter'];
  {
    let inBlock = 1;
    inBlock += 1;
    shadowed.push(inBlock);
  }
  return shadowed;
}
export async function scenario(call) {
  const fns = [
    inFunction, thisCall, constructed, awaited, nested, counted, looped, pattern, rest, conditional, inStatic,
    inBlock, inTry, inLoop, twice, renamed, bound, kept, before, shadowed, shadowing,
  ];
  const results = [];
  for (const fn of fns) results.push(await call(fn, 1));
  return results;
}
