import {createRequire} from 'node:module';
import type {Page} from 'playwright-core';

const script = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Violation {
  id: string;
  nodes: {html: string}[];
}

interface Axe {
  run(selector: string, options: object): Promise<{violations: Violation[]}>;
}

/**
 * axe-core finds nothing that keeps people out, in what the page shows now.
 *
 * @param part a selector, where the rest of the page is as on other pages
 */
export async function expectAccessible(page: Page, part = 'html'): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.addScriptTag({path: script});
  const problems = await page.evaluate(async (selector) => {
    const {axe} = globalThis as unknown as {axe: Axe};
    const {violations} = await axe.run(selector, {resultTypes: ['violations']});
    return violations.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(' ')}`);
  }, part);
  expect(problems).toEqual([]);
}
