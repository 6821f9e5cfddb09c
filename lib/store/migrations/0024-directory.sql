-- What the public directories of sites said last: one row a source. Content is only ever replaced by an answer that made sense.
create table directory_sources (
  source text primary key,
  content jsonb,
  etag text,
  -- when the content was read, or found unchanged
  read_at timestamptz,
  -- when one process last took it on to ask
  tried_at timestamptz not null,
  problem jsonb
);
