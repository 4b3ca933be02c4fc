import {rmSync} from 'node:fs';
import {runCases} from '../support/cases.mjs';
import {consumerCases} from './consumerCases.mjs';
import {flightCases} from './flightCases.mjs';
import {optionCases} from './optionCases.mjs';
import {createConsumerProject} from './support/consumerProject.mjs';
import {loadDeclarations} from './support/publicTypes.mjs';

const program = loadDeclarations();
const folder = createConsumerProject(program);
process.on('exit', () => rmSync(folder, {recursive: true}));

await runCases({
  ...consumerCases(folder),
  ...flightCases(program),
  ...optionCases(program),
});
// React's builds for browsers open a MessageChannel, which would keep the process.
process.exit();
