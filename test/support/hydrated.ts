import type {Page} from 'playwright-core';

/** Waits until React has taken the page's HTML over: until then it marks its root. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const key = Object.keys(document).find((name) => name.startsWith('__reactContainer$'));
    const root = key && (document as any)[key].stateNode.current;
    return root && root.memoizedState.isDehydrated === false;
  });
}
