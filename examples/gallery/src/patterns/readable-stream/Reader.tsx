'use client';
import {useState} from 'react';
import {recite} from './actions.ts';

export function Reader() {
  const [text, setText] = useState('');

  async function read() {
    setText('');
    const reader = (await recite()).getReader();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const {value} = chunk;
      setText((current) => current + value);
    }
  }

  return (
    <>
      <button onClick={read}>Recite</button>
      <blockquote aria-live="polite">{text}</blockquote>
    </>
  );
}
