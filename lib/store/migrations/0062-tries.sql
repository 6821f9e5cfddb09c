-- What people try that costs much, or reaches out to others: the moments of each, so that all processes count together.
create table tries (
  user_id text not null references users (id) on delete cascade,
  name text not null,
  at timestamptz[] not null,
  primary key (user_id, name)
);
