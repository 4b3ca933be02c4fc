export const deepOne = async (x) => ['deep', x];
