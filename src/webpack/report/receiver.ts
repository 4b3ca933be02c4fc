import type {Compiler} from 'webpack';
import type {Report} from '../../report/report.ts';
import type {ReportFile} from './reportFiles.ts';

/** @param root absolute path that the report's paths are relative to */
type Receive = (report: Report, root: string, compiler: Compiler) => void;

const receivers = new WeakMap<Compiler, Receive>();

/** A plugin that, in front of ours, has the report made and takes it, whatever the config says of one. */
export class ReportReceiver {
  readonly #receive: Receive;

  constructor(receive: Receive) {
    this.#receive = receive;
  }

  apply(compiler: Compiler): void {
    receivers.set(compiler, this.#receive);
  }
}

/** Whether the compiler has to tell more of each server function: for files, or for who has asked. */
export function wantsDetails(compiler: Compiler, files: readonly ReportFile[]): true | undefined {
  return files.length > 0 || receivers.has(compiler) || undefined;
}

/** @returns nothing where the report is for nobody but the option */
export function receiverOf(compiler: Compiler): Receive | undefined {
  return receivers.get(compiler);
}
