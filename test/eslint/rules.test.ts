import {testCompiler} from './rules/compiler.ts';
import {testPage} from './rules/page.ts';
import {testNoCallInRender} from './rules/noCallInRender.ts';
import {testNoRedirectInTry} from './rules/noRedirectInTry.ts';
import {testNoUnsendableArguments} from './rules/noUnsendableArguments.ts';
import {testNoUnusedExports} from './rules/noUnusedExports.ts';
import {testValidateArguments} from './rules/validateArguments.ts';

// One file of Jest for all rules: to load TypeScript, the parsers and two versions of ESLint takes longer than
// all of their tests.
testCompiler();
testPage();
testNoCallInRender();
testNoRedirectInTry();
testNoUnsendableArguments();
testNoUnusedExports();
testValidateArguments();
