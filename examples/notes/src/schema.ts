import {welcomeNotes} from './welcome.ts';

/**
 * Makes what is missing of the tables, also beside those of an earlier version of the app. One process at a
 * time: of two that create a table, PostgreSQL lets one fail.
 */
export const schema = `do $schema$ begin
  perform pg_advisory_xact_lock(hashtext('notes schema'));
  if to_regclass('notes') is null then
    create table notes (
      id uuid primary key default gen_random_uuid(),
      title text not null,
      body text not null,
      pinned boolean not null default false,
      revision uuid not null default gen_random_uuid(),
      updated_at timestamptz not null default now()
    );
    insert into notes (title, body, pinned, updated_at) values ${welcomeNotes.map(row).join(', ')};
  end if;
  create table if not exists images (
    id uuid primary key default gen_random_uuid(),
    note_id uuid not null unique references notes on delete cascade,
    name text not null,
    type text not null,
    bytes bytea not null
  );
end $schema$`;

/** The first one is the newest, as on the page. */
function row({title, body, pinned}: (typeof welcomeNotes)[number], index: number): string {
  return `($text$${title}$text$, $text$${body}$text$, ${pinned}, now() - interval '${index} seconds')`;
}
