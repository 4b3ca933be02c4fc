import * as runtime from 'use-server-webpack-plugin/runtime';
import * as server from 'use-server-webpack-plugin/server';

console.log(JSON.stringify([server, runtime].map((entry) => Object.keys(entry).sort())));
