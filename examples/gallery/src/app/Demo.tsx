// The running part of a page. Each demo is loaded when its page is opened.
import type {ComponentType} from 'react';

export interface DemoProps {
  searchParams: URLSearchParams;
}

export async function Demo({slug, ...props}: DemoProps & {slug: string}) {
  const {default: Page} = (await import(`../patterns/${slug}/Page.tsx`)) as {
    default: ComponentType<DemoProps>;
  };
  return <Page {...props} />;
}
