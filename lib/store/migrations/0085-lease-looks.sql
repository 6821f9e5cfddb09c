-- When the site is to be asked again how a lease stands, whether or not anybody looks at it here: the leases of a project are told in one list. Null: it is
-- over, or not there yet.
alter table leases add column look_at timestamptz;
update leases set look_at = now() where lease_id is not null and status not in ('GONE', 'TERMINATED');
create index leases_look on leases (look_at) where look_at is not null;
