/** @jest-config-loader esbuild-register */
import {availableParallelism} from 'node:os';
import type {Config} from 'jest';

const config: Config = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {parser: {syntax: 'typescript', tsx: true}, target: 'es2022'},
        module: {type: 'es6'},
      },
    ],
  },
  testSequencer: '<rootDir>/test/support/slowestFirst.mjs',
  reporters: ['default', '<rootDir>/test/support/slowestReporter.mjs'],
  // Most tests wait for processes of their own. Two at least, and cores left for those processes.
  maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
  // A guard only: no test counts on how soon something happens.
  testTimeout: 120_000,
};

export default config;
