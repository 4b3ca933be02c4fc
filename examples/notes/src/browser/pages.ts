// Between the components of the page and client.tsx, which shows it.
import type {Payload} from '../payload.ts';

/** What shows pages. */
interface PageView {
  /** Shows a page that came with the answer of a call. */
  show(page: Promise<Payload>): void;
  /** Asks for the page again. */
  refresh(): void;
}

let view: PageView | undefined;

export function setPageView(next: PageView): () => void {
  view = next;
  return () => (view = undefined);
}

export function showPage(page: Promise<Payload>): void {
  view?.show(page);
}

export function refreshPage(): void {
  view?.refresh();
}
