/** What the inline server function captures. */
export const note = {id: 7, owner: 'ada', title: 'Shopping'};
