function Page(message) {
  return async () => {
    'use server';
    throw new Error(message.text);
  };
}
export async function scenario(call) {
  try {
    await call(Page({text: 'no'}));
  } catch (error) {
    return error instanceof Error && error.message;
  }
}
