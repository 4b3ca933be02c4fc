import {useEffect, useRef, type FocusEvent} from 'react';

/**
 * Where the row that had the focus goes, the one that takes its place gets it, or the list's title: browsers
 * let it fall to the body, and who works with the keyboard begins again at the top.
 *
 * @param rows what is shown now
 * @returns props of the list, whose items have `data-id` and can be focused
 */
export function useFocusInList(rows: {id: string}[]) {
  const ref = useRef<HTMLUListElement>(null);
  const last = useRef<{id: string | undefined; index: number}>(undefined);

  useEffect(() => {
    const list = ref.current!;
    const isLost = document.activeElement === document.body;
    if (!isLost || !last.current || rows.some(({id}) => id === last.current!.id)) return;
    const next = list.children[Math.min(last.current.index, list.children.length - 1)];
    last.current = undefined;
    (next instanceof HTMLElement ? next : document.getElementById('your-notes'))?.focus();
  }, [rows]);

  function onFocus({target}: FocusEvent<HTMLUListElement>): void {
    const item = target.closest<HTMLElement>('li[data-id]');
    if (!item) return;
    last.current = {id: item.dataset.id, index: [...ref.current!.children].indexOf(item)};
  }

  return {ref, onFocus};
}
