import {createContext, useContext} from 'react';

type SetEditing = (id: string, isEditing: boolean) => void;

/** Tells the list which notes are being edited. */
export const Editing = createContext<SetEditing>(() => {});

export function useEditing(): SetEditing {
  return useContext(Editing);
}
