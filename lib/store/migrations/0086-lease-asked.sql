-- Until when a process that asks a site for the leases of a project has them to itself. When they are to be asked for stays as it was: until the site has
-- answered, nothing that may be old is told of them.
alter table leases add column asked_until timestamptz;
