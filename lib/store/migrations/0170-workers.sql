-- The workers that live: each says so again and again, and what all of them together may ask of a site is shared among them.
create table workers (
  id text primary key,
  seen_at timestamptz not null
);
