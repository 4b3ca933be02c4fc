'use server';
import type {Other} from './nowhere';
import {type Inline} from './typescript-declarations.js';
export type {Other};
export type Local = {a: number};
export interface Shape {
  b: string;
}
export declare const declared: number;
export declare function ambient(x: number): void;
export declare enum AmbientEnum {
  A,
}
declare global {
  interface Window {
    x: 1;
  }
}
enum Color {
  Red = 'red',
}
namespace Space {
  export const value = 'namespace';
}
export async function overloaded(x: string): Promise<string>;
export async function overloaded(x: number): Promise<number>;
export async function overloaded(x: unknown): Promise<unknown> {
  return [x, Color.Red, Space.value];
}
export const typed = (async <T,>(x: T) => ['typed', x]) as <T>(x: T) => Promise<unknown>;
export const satisfied = (async (x: number) => x!) satisfies (x: number) => Promise<number>;
export const asserted = <(x: number) => Promise<unknown>>(async (x) => ['asserted', x]);
export type {Shape as Renamed};
export {type Local as AlsoLocal};
export default interface Standard {
  c: 1;
}
export async function scenario(call: (fn: Function, ...args: unknown[]) => unknown) {
  return [
    await call(overloaded, 1),
    await call(typed, 2),
    await call(satisfied, 3),
    await call(asserted, 4),
  ];
}
export type Inline = 1;
