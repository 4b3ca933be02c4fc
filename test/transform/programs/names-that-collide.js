const $$registerServerReference = 'mine',
  $$Page$save = 'taken',
  arguments_ = 1;
function Page(token) {
  const registerInlineFunction = 'local',
    callInlineFunction = 'other';
  async function save(pickMembers) {
    'use server';
    return [
      token,
      registerInlineFunction,
      pickMembers,
      $$Page$save,
      $$registerServerReference,
      callInlineFunction,
      arguments.length,
      arguments_,
    ];
  }
  return save;
}
export async function scenario(call) {
  return [await call(Page('t'), 'p')];
}
