-- What lists and states need of a plan, kept beside it: a plan holds every script, and is read whole only for its own page.
alter table deployments add column recipe_name text not null
  generated always as (coalesce(plan -> 'recipe' ->> 'name', recipe)) stored;
-- keys of the resources, in the order of the plan
alter table deployments add column resource_keys jsonb not null
  generated always as (jsonb_path_query_array(plan, '$.resources[*].key')) stored;
create index resources_leases on resources (deployment_id) where kind = 'lease';
-- the log of all nodes of a deployment, in one order
create index log_lines_deployment on log_lines (deployment_id, id);
