/**
 * Makes tabs of a list of buttons with `role="tab"`: each shows the panel that it names by `aria-controls`.
 * Arrow keys, Home and End go from one to the next (https://www.w3.org/WAI/ARIA/apg/patterns/tabs/).
 */
export function connectTabs(list: Element): {select(id: string): void} {
  const tabs = [...list.querySelectorAll<HTMLButtonElement>('[role=tab]')];

  const select = (chosen: HTMLButtonElement) => {
    for (const tab of tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute('aria-selected', String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      document.getElementById(tab.getAttribute('aria-controls')!)!.hidden = !isChosen;
    }
    // Not scrollIntoView(), which would move the page as well.
    const {left, right} = chosen.getBoundingClientRect();
    const frame = list.getBoundingClientRect();
    if (left < frame.left) list.scrollLeft -= frame.left - left + 8;
    if (right > frame.right) list.scrollLeft += right - frame.right + 8;
  };

  list.addEventListener('click', (event) => {
    const tab = (event.target as Element).closest<HTMLButtonElement>('[role=tab]');
    if (tab) select(tab);
  });
  list.addEventListener('keydown', (event) => {
    const next = nextIndex((event as KeyboardEvent).key, tabs.findIndex(isSelected), tabs.length);
    if (next === null) return;
    event.preventDefault();
    select(tabs[next]!);
    tabs[next]!.focus();
  });
  return {select: (id) => select(tabs.find((tab) => tab.id === id)!)};
}

function isSelected(tab: Element): boolean {
  return tab.getAttribute('aria-selected') === 'true';
}

function nextIndex(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (index + 1) % count;
    case 'ArrowLeft':
      return (index + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
