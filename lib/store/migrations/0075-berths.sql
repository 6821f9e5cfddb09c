-- A place on what a lease has reserved: taken before a server is booted there, given back when the server is gone. So no two servers are ever
-- booted on one place, whoever's deployment they are of.
create table berths (
  site text not null,
  reservation text not null,
  place integer not null check (place > 0),
  deployment_id text not null references deployments (id) on delete cascade,
  key text not null,
  primary key (site, reservation, place),
  unique (deployment_id, key)
);
-- The nodes (by host name) whose disks went with a deployment that its lease ended.
alter table deployments add column lost text[];
-- When its leases were last compared with what their sites list.
alter table deployments add column leases_seen_at timestamptz;
