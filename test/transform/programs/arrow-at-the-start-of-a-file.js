async (x) => { "use server"; return x };
(async () => { "use server"; return 2 });
export const scenario = () => "fine";
