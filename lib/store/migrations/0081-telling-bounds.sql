-- The end that somebody, or Transat for them, gave a lease here: that it ends so is no news to them.
alter table leases add column own_end timestamptz;
-- It waits for the operator: their mail server can't be reached, or takes nothing of this Transat.
alter table deliveries add column blocked boolean not null default false;
-- What is looked at each minute is found without reading all that ever was.
create index deployments_ended_by_lease on deployments (deleted_at) where ended_by = 'lease';
create index notices_at on notices (at);
