module.exports = {
  eslint: require('eslint'),
  parsers: {
    typescript: require('@typescript-eslint/parser'),
    babel: require('@babel/eslint-parser'),
  },
};
