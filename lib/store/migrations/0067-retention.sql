-- What is old is found without reading all: these tables are written in the order of their times.
create index events_at on events using brin (at);
create index log_lines_at on log_lines using brin (at);
create index audit_at on audit using brin (at);
-- Deployments of before leave no more than those of now.
delete from log_lines using deployments where deployments.id = log_lines.deployment_id and deployments.deleted_at is not null
  and log_lines.id not in (select id from (
    select id, sum(octet_length(text)) over (partition by deployment_id order by id desc) as bytes from log_lines) sized where bytes <= 262144);
update nodes set outputs = '{}' from deployments where deployments.id = nodes.deployment_id and deployments.deleted_at is not null;
update events set data = data #- '{problem,upstream}' from deployments
  where deployments.id = events.deployment_id and deployments.deleted_at is not null and data #> '{problem,upstream}' is not null;
