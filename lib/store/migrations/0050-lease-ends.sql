-- When the first of the leases that a deployment stands on ends: what is left of it then, the site deletes.
alter table deployments add column lease_ends_at timestamptz;
-- What ended it, where that was not its owner: its own end, or that of a lease.
alter table deployments add column ended_by text check (ended_by in ('end', 'lease'));
create index deployments_lease_ends on deployments (lease_ends_at) where deleted_at is null and lease_ends_at is not null;
