-- Of a deployment that is to be deleted: when that was asked for, whether volumes that its clusters made for claims go too, and where was looked for these.
alter table deployments add column deletion jsonb;
