-- A person's demo stands on clusters of the sandbox that are there for it: they go with it, at the latest after a while.
alter table clusters add column demo boolean not null default false;
create index clusters_of_demos on clusters (created_at) where demo;
