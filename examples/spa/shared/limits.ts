/** Of a receipt, in bytes. The browser looks before it sends one, and the server looks again. */
export const LARGEST_RECEIPT = 1_000_000;
/** Of a whole call: a receipt, and what is around it. The handler reads no more than this. */
export const LARGEST_CALL = 1_200_000;
