// Only the server has this list.
export const guests = ['Ada'];
