function bindings(parameter, {a: renamed, b = 'default', ...others}, [first, , third = 3, ...tail], ...rest) {
  var variable = 'var';
  let reassigned = 'before';
  const constant = 'const';
  let uninitialised;
  var twice = 1;
  var twice = 2;
  const {x: {y: deep = 'deep'} = {}, ['computed' + 1]: computed} = {computed1: 'computed'};
  reassigned = 'after';
  var parameter;
  for (var leaked = 0; leaked < 2; leaked++);
  if (true) var hoisted = 'hoisted';
  try {
    throw {code: 1, more: {z: 2}};
  } catch ({code, more: {z}}) {
    var caught = async () => {
      'use server';
      return [code, z];
    };
  }
  return [
    caught,
    async () => {
      'use server';
      return [
        parameter, renamed, b, others, first, third, tail, rest, variable, reassigned, constant,
        uninitialised, twice, deep, computed, leaked, hoisted,
      ];
    },
  ];
}
export async function scenario(call) {
  const fns = bindings('p', {a: 'a', c: 'c', d: 'd'}, [1, 2, undefined, 4, 5], 'r', 's');
  return [await call(fns[0]), await call(fns[1])];
}
