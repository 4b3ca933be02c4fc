// Nothing runs here. In a build, webpack's module of this file is where the chunks of "use client"
// modules hang (see clientModules.ts).
export {};
