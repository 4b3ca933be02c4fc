import {fileURLToPath} from 'node:url';
import {contenders, prepare} from './contenders.js';
import {generatedCorpus, publishedCorpus, smallCorpus} from './corpus.js';
import {compare} from './timing.js';

const corpora = {
  'small modules of 100 to 1,000 bytes': smallCorpus(10),
  '300 modules of about 140 lines, two inline server functions each': generatedCorpus(300, {
    withDirective: true,
  }),
  '3,000 modules without a directive': generatedCorpus(3000, {withDirective: false}),
  'published code without a directive (webpack/lib)': publishedCorpus(
    fileURLToPath(new URL('../../node_modules/webpack/lib', import.meta.url)),
    300,
  ),
};

await prepare();
for (const [title, modules] of Object.entries(corpora)) await compare(title, modules, contenders);
