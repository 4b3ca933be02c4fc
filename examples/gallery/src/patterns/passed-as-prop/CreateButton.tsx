'use client';

export function CreateButton({onClick}: {onClick: () => Promise<void>}) {
  return <button onClick={onClick}>Create empty note</button>;
}
