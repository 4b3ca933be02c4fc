/// <reference types="use-server-webpack-plugin/types" />

declare module '*.css';
