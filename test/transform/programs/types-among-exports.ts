'use server';
interface Props {
  a: string;
}
type Alias = Props & {b: number};
namespace Shapes {
  export interface Shape {}
  export namespace Inner {
    export type Size = number;
  }
}
export namespace Types {
  export type Id = string;
  interface Hidden {}
}
export interface Exported extends Props {}
export type {Alias, Props as Renamed};
export {Shapes, type Props};
export declare class Ambient {
  method(): void;
}
export declare abstract class AmbientAbstract {}
export declare const ambient: number;
export declare let ambientLet: () => Promise<void>;
export declare function ambientFunction(): void;
export declare enum AmbientEnum {
  A,
}
export declare namespace AmbientNamespace {
  const value: number;
}
export async function overloaded(x: string): Promise<unknown>;
export async function overloaded(x: number): Promise<unknown>;
export async function overloaded(x: unknown): Promise<unknown> {
  return ['overloaded', x];
}
const merged = async (x: Props | number) => ['merged', x];
interface merged {}
export {merged};
export const asserted = (async (x: Types.Id | number) => ['asserted', x]) as (x: number) => Promise<unknown>;
export let later!: (x: number) => Promise<unknown>;
(later as unknown) = async (x: number) => ['later', x];
export default Props;
export async function scenario(call: (fn: Function, ...args: unknown[]) => unknown) {
  const results = [];
  for (const fn of [overloaded, merged, asserted, later]) results.push(await call(fn, 1));
  return results;
}
