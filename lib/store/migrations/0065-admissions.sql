-- A node's user data holds a one-time token; what it was taken up by is what the node's agent is known by.
alter table nodes add column admissions jsonb not null default '[]';
-- Agents of before go on with the token and the host key that they have.
update nodes set admissions = jsonb_build_array(jsonb_build_object('hash', token_hash, 'firstKey', coalesce(host_key, ''), 'taken',
  jsonb_build_object('token', token_hash, 'hostKey', coalesce(host_key, '')))) where token_hash is not null;
-- … where a machine was made with them; the others are given new ones.
update nodes set admissions = '[]', host_key = null from resources
  where resources.deployment_id = nodes.deployment_id and resources.kind = 'server' and resources.spec ->> 'node' = nodes.key and resources.attempts = 0;
alter table nodes drop column token_hash;
delete from deployment_secrets where name like 'host-key:%' or name like 'node-token:%';
