import {NotFoundBoundary} from './NotFoundBoundary.tsx';
import {OrderForm} from './OrderForm.tsx';

export default function Page() {
  return (
    <NotFoundBoundary>
      <OrderForm />
    </NotFoundBoundary>
  );
}
