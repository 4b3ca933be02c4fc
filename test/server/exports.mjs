import * as server from 'use-server-webpack-plugin/server';

console.log(JSON.stringify(Object.keys(server).sort()));
