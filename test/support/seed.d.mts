export declare const testSeed: number;
