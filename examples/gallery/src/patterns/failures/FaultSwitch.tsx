'use client';
import {useEffect, useState} from 'react';
import {setFault, type Fault} from '../../browser/fault.ts';

const faults: [Fault, string][] = [
  ['none', 'arrive'],
  ['lost', 'are lost on the way'],
  ['other-build', 'meet a server of another build'],
  ['refused', 'are refused'],
];

export function FaultSwitch() {
  const [chosen, choose] = useState<Fault>('none');
  useEffect(() => setFault(chosen), [chosen]);
  return (
    <fieldset className="choices">
      <legend>The next calls</legend>
      {faults.map(([fault, label]) => (
        <label key={fault}>
          <input
            type="radio"
            name="fault"
            checked={chosen === fault}
            onChange={() => choose(fault)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
