import {revalidatePath} from 'use-server-webpack-plugin/server';
import {FormGuard} from '../../app/FormGuard.tsx';
import {readText} from '../../form.ts';
import {memory, sleep} from '../../memory.ts';
import {SendButton} from './SendButton.tsx';

const outbox = memory({sent: 'nothing'});

export default function Page() {
  async function send(form: FormData) {
    'use server';
    await sleep(500);
    outbox.sent = readText(form, 'to');
    revalidatePath('/form-status');
  }

  return (
    <>
      <p>
        Last sent to: <output>{outbox.sent}</output>
      </p>
      <form action={send}>
        <label>
          To
          <input name="to" autoComplete="off" />
        </label>
        <SendButton />
        <FormGuard />
      </form>
    </>
  );
}
