'use server';
// A name that two modules give is exported by neither, unless it is one and the same variable.
export * from './a.js';
export * from './b.js';
