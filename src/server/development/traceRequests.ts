import {UnreadAnswer} from '../answer/unreadAnswer.ts';
import {listenToItems} from '../answer/watchedIterables.ts';
import type {StartTrace} from '../call/trace.ts';
import type {HandlerConfig} from '../handlerConfig.ts';
import type {Incoming} from '../request/incoming.ts';
import type {RevalidationTarget} from '../scope/requestScope.ts';
import {importOwnFile} from './ownFile.ts';
import type {InspectedRequest, InspectorModule, StartRecord} from './recording.ts';
import {LiveTrace} from './liveTrace.ts';

/**
 * Traces the requests of a handler, in development: for the header `Server-Timing`, and for the inspector.
 *
 * @param options.inspects whether there is an inspector
 */
export function traceRequests({inspects}: {inspects: boolean}): StartTrace {
  // Loaded now, so that the first request need not wait for it.
  const loading = inspects ? loadInspector() : undefined;
  return async (concern, incoming, config) => {
    const begin = start(await loading);
    const kind = concern === 'form' ? 'form' : 'call';
    const trace = new LiveTrace(begin?.(kind, inspected(incoming)), config);
    return {
      config: tracedConfig(config, trace),
      answered: (reply) => {
        if (reply === null) return null;
        const isOwn = reply !== 'sent' && !('page' in reply);
        if (!isOwn) return (trace.answered(undefined, undefined), reply);
        const headers = {...reply.headers, 'Server-Timing': trace.serverTiming()};
        const answer = {...reply, headers};
        trace.answered(answer, reply.body instanceof UnreadAnswer ? reply.body : undefined);
        return answer;
      },
    };
  };
}

/** Where the files of this package are not all there, calls are answered without it. */
function loadInspector(): Promise<InspectorModule | undefined> {
  return importOwnFile<InspectorModule>('inspector/index.js').catch(() => undefined);
}

let startRecord: StartRecord | undefined;

/** At the first request, so that programs which only make a handler start nothing. */
function start(inspector: InspectorModule | undefined): StartRecord | undefined {
  return inspector && (startRecord ??= inspector.startInspector(listenToItems));
}

function tracedConfig(config: HandlerConfig, trace: LiveTrace): HandlerConfig {
  return {
    ...config,
    trace,
    cache: config.cache && tracedCache(config.cache, trace),
    onError(error, context, called) {
      trace.failed(error, context.id);
      return config.onError(error, context, called);
    },
  };
}

function tracedCache(cache: RevalidationTarget, trace: LiveTrace): RevalidationTarget {
  return {
    revalidatePath(path) {
      trace.revalidated('path', path);
      return cache.revalidatePath(path);
    },
    revalidateTag(tag) {
      trace.revalidated('tag', tag);
      return cache.revalidateTag(tag);
    },
  };
}

function inspected(incoming: Incoming): InspectedRequest {
  const {method, url, nodeRequest} = incoming;
  return {method, url, headers: [...incoming.headers], address: addressOf(nodeRequest)};
}

function addressOf(nodeRequest: object | undefined): InspectedRequest['address'] {
  const {socket} = (nodeRequest ?? {}) as {
    socket?: {localAddress?: unknown; localPort?: unknown; encrypted?: unknown};
  };
  const {localAddress: host, localPort: port, encrypted} = socket ?? {};
  if (typeof host !== 'string' || typeof port !== 'number') return undefined;
  return {host, port, isSecure: encrypted === true};
}
