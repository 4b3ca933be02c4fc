'use client';
import {useState, type ReactNode} from 'react';

export function Disclosure({label, children}: {label: string; children: ReactNode}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {label}
      </button>
      {isOpen && children}
    </>
  );
}
