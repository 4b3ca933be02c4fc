export type Note = {id: number};
export interface Other {}
export const typed = async (x: number): Promise<unknown> => ['typed', x];
