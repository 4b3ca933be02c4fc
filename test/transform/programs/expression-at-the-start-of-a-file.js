[async (x) => { "use server"; return ["start", x] }].forEach((fn) => { globalThis.startOfFile = fn });
export const scenario = (call) => call(globalThis.startOfFile, 1);
