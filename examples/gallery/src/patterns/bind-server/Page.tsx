import {FormGuard} from '../../app/FormGuard.tsx';
import {change} from './actions.ts';
import {cart} from './cart.ts';

export default function Page() {
  return cart.items.map(({name, quantity}) => (
    <form key={name} aria-label={name} className="row">
      <p>
        {name}: <output>{quantity}</output>
      </p>
      <label>
        Step
        <input name="step" type="number" min={1} defaultValue={1} />
      </label>
      <button formAction={change.bind(null, name, 1)}>More {name.toLowerCase()}</button>
      <button formAction={change.bind(null, name, -1)}>Less {name.toLowerCase()}</button>
      <FormGuard />
    </form>
  ));
}
