import {revalidatePath} from 'use-server-webpack-plugin/server';
import {memory, sleep} from '../../memory.ts';
import {Thread} from './Thread.tsx';

const thread = memory({messages: ['Hello!']});

export default function Page() {
  async function send(text: string) {
    'use server';
    await sleep(700);
    thread.messages.push(text);
    revalidatePath('/optimistic');
  }

  return <Thread messages={thread.messages} send={send} />;
}
