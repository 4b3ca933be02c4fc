'use client';
// Which rows there are, and where the focus goes when one goes. What is in a row comes from the server.
import {useCallback, useState, type ReactNode} from 'react';
import {Editing} from './editing.ts';
import {useFocusInList} from './useFocusInList.ts';

interface Row {
  id: string;
  pinned: boolean;
  row: ReactNode;
  /** It was deleted elsewhere, or is not in the search, while somebody edits it here. */
  isGone?: boolean;
}

export function NoteRows({rows, empty}: {rows: Row[]; empty: ReactNode}) {
  const [edited, setEdited] = useState<ReadonlySet<string>>(new Set());
  const [kept, setKept] = useState({of: rows, rows});
  if (kept.of !== rows) setKept({of: rows, rows: withEdited(rows, kept.rows, edited)});
  const shown = kept.rows.filter(({id, isGone}) => !isGone || edited.has(id));
  const focus = useFocusInList(shown);

  const setEditing = useCallback((id: string, isEditing: boolean) => {
    setEdited((before) => {
      if (before.has(id) === isEditing) return before;
      const after = new Set(before);
      if (isEditing) after.add(id);
      else after.delete(id);
      return after;
    });
  }, []);

  return (
    <Editing value={setEditing}>
      {shown.length === 0 && empty}
      <ul {...focus} className="notes">
        {shown.map(({id, pinned, row, isGone}) => (
          <li
            key={id}
            className="card note"
            data-id={id}
            data-pinned={pinned || undefined}
            tabIndex={-1}
          >
            {row}
            {isGone && (
              <p className="notice">
                This note is not in the list any more. It stays here while you edit it.
              </p>
            )}
          </li>
        ))}
      </ul>
    </Editing>
  );
}

/** What is being typed does not go because the server's list has changed. */
function withEdited(rows: Row[], before: Row[], edited: ReadonlySet<string>): Row[] {
  const isListed = new Set(rows.map(({id}) => id));
  const gone = before.filter(({id}) => edited.has(id) && !isListed.has(id));
  return [...rows, ...gone.map((row) => ({...row, isGone: true}))];
}
