import type {validate} from 'schema-utils';

const fileName = {type: 'string', minLength: 1} as const;

const globs = {
  anyOf: [
    {type: 'string', minLength: 1},
    {type: 'array', items: {type: 'string', minLength: 1}},
  ],
} as const;

/** JSON schema of the plugin's options. Its descriptions are what schema-utils prints. */
export const optionsSchema = {
  title: 'UseServerWebpackPlugin options',
  type: 'object',
  additionalProperties: false,
  properties: {
    root: {
      description: 'The folder that ids are relative to. The server must use the same one.',
      type: 'string',
      minLength: 1,
    },
    include: {
      description: 'Globs or folders, relative to root, where server and client modules stand.',
      ...globs,
    },
    exclude: {
      description: 'Globs, relative to root, that include must not find.',
      ...globs,
    },
    ids: {
      description: "How ids are written: 'path' (readable) or 'hashed' (hides the paths).",
      enum: ['path', 'hashed'],
    },
    idPrefix: {
      description: 'Name of the app, which stands before every id, as in shop:src/actions.js#save.',
      type: 'string',
      minLength: 1,
    },
    callServer: {
      description: 'Module whose export callServer calls the server.',
      type: 'string',
      minLength: 1,
    },
    parserPlugins: {
      description:
        "Plugins of @babel/parser for syntax that is no standard yet: ['doExpressions', ['pipelineOperator', {proposal: 'fsharp'}]].",
      type: 'array',
      items: {
        anyOf: [
          {type: 'string', minLength: 1},
          {type: 'array', items: {anyOf: [{type: 'string', minLength: 1}, {type: 'object'}]}},
        ],
      },
    },
    serverManifest: {
      description: 'File name of the server manifest, relative to output.path.',
      ...fileName,
    },
    clientManifest: {
      description: 'File name of the client manifest, relative to output.path.',
      ...fileName,
    },
    ssrManifest: {
      description: 'File name of the manifest for rendering HTML, relative to output.path.',
      ...fileName,
    },
    report: {
      description:
        'Whether to write a report of what can be called, or its file name (.html, .json or .txt), relative to output.path.',
      anyOf: [{type: 'boolean'}, {...fileName}],
    },
  },
} as unknown as Parameters<typeof validate>[0];
