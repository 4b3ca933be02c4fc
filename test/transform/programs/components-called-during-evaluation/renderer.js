import {Page, topLevel} from './page.js';
// The module of the page has not run yet: only its functions are there.
export const rendered = [Page('early'), topLevel.bind(null, 'bound')];
