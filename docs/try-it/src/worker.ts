// Compiles away from the page, so that typing never waits.
import type {Module} from './address.ts';
import {compile, type Compilation} from './compile.ts';

const port = globalThis as unknown as {
  addEventListener(type: 'message', listener: (event: MessageEvent<Module>) => void): void;
  postMessage(message: Compilation): void;
};

port.addEventListener('message', ({data}) => port.postMessage(compile(data)));
