import './actions.js';
export var save = async (x) => ['save', x];
var later = async (x) => ['later', x];
export {later};
