import type {ReactNode} from 'react';

interface Props {
  className: string;
  isPending: boolean;
  children: ReactNode;
  /** What screen readers say, where the text alone would not tell buttons apart. */
  label?: string;
}

/** Not `disabled` while it works: a button that has the focus would lose it. The form is sent once all the same. */
export function SubmitButton({className, isPending, children, label}: Props) {
  return (
    <button type="submit" className={className} aria-disabled={isPending} aria-label={label}>
      {children}
    </button>
  );
}
