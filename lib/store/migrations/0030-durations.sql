-- how long a recipe took at a site, newest first: what a new plan tells as its expected time
create index deployments_durations on deployments (recipe, created_at desc) where ready_at is not null;
