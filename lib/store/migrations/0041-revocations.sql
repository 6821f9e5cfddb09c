-- Application credentials that Transat made at a site and that are to end there. A row is written before one is made, and goes when it
-- has become somebody's stored credential, or was revoked: what a lost answer or a killed process leaves at a site is known here.
create table revocations (
  id text primary key,
  user_id text not null references users on delete cascade,
  site text not null,
  -- the site as its owner described it, where it was theirs and is deleted
  site_given jsonb,
  project text not null,
  -- the credential that made it and may revoke it: `oidc:<site>` or `device:<site>`
  made_with text not null,
  -- what the person called it
  name text not null,
  -- its name at the site, made to be unique there
  at_site text not null,
  -- its id at the site; null: the answer that tells it has not come (yet)
  cloud_id text,
  expires_at timestamptz not null,
  next_try_at timestamptz not null,
  attempts int not null default 0,
  problem jsonb,
  created_at timestamptz not null
);
create index revocations_user on revocations (user_id);
create index device_logins_waiting on device_logins (next_poll_at) where state = 'waiting';
