-- Where data of people's buckets may go.
create table locality_rules (
  id text primary key,
  user_id text not null references users on delete cascade,
  -- null: of any cluster
  cluster_id text references clusters on delete cascade,
  bucket text not null,
  -- folder inside; empty: all of the bucket
  prefix text not null,
  kind text not null check (kind in ('stay', 'prefer-near', 'free')),
  -- of `stay`
  region text check (region in ('eu', 'us', 'other')),
  created_at timestamptz not null,
  check ((kind = 'stay') = (region is not null))
);
create unique index locality_rules_of_place on locality_rules (user_id, coalesce(cluster_id, ''), bucket, prefix);
