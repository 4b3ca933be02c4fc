/** Headers that keep browsers from giving an answer to other origins in any way. */
export const OWN_ORIGIN_ONLY = {
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};
