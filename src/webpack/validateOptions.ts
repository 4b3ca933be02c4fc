import {validate} from 'schema-utils';

type Schema = Parameters<typeof validate>[0];

/** The keywords of JSON schema that the options need. */
interface SimpleSchema {
  title?: string;
  description?: string;
  type?: string;
  additionalProperties?: false;
  properties?: Record<string, SimpleSchema>;
  items?: SimpleSchema;
  minLength?: number;
  enum?: readonly unknown[];
  anyOf?: readonly SimpleSchema[];
}

/**
 * Checks options against their schema.
 *
 * schema-utils compiles the schema first, which takes a twentieth of a second of every start of
 * webpack. So it is only asked about options that seem to be wrong, and says what is wrong with them.
 *
 * @param name of what the options are for
 * @throws {ValidationError} of schema-utils, when an option is unknown or of the wrong type
 */
export function validateAgainst(schema: Schema, options: object, name: string): void {
  if (matches(schema as SimpleSchema, options)) return;
  validate(schema, options, {name, baseDataPath: 'options'});
}

function matches(schema: SimpleSchema, value: unknown): boolean {
  const {title: _title, description: _description, ...keywords} = schema;
  return Object.entries(keywords).every(([keyword, argument]) =>
    // Of a keyword that is not known here, schema-utils has to say what it means.
    Boolean(CHECKS[keyword]?.(value, argument as never, schema)),
  );
}

const CHECKS: Record<string, (value: unknown, argument: never, schema: SimpleSchema) => boolean> = {
  type: (value, type: string) => typeOf(value) === type,
  enum: (value, values: readonly unknown[]) => values.includes(value),
  minLength: (value, length: number) => typeof value !== 'string' || value.length >= length,
  anyOf: (value, schemas: readonly SimpleSchema[]) =>
    schemas.some((schema) => matches(schema, value)),
  items: (value, schema: SimpleSchema) =>
    !Array.isArray(value) || value.every((item) => matches(schema, item)),
  properties: (value, properties: Record<string, SimpleSchema>) =>
    Object.entries(value as object).every(
      ([name, item]) => !Object.hasOwn(properties, name) || matches(properties[name]!, item),
    ),
  additionalProperties: (value, isAllowed: boolean, {properties = {}}) =>
    isAllowed || Object.keys(value as object).every((name) => Object.hasOwn(properties, name)),
};

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}
