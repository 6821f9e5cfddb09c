-- Tokens of a provider that a person connected by the device flow (RFC 8628).
alter table grants drop constraint grants_kind_check;
alter table grants add constraint grants_kind_check check (kind in ('session', 'bearer', 'device'));

-- Device flows under way: what the person was shown, and what the provider is asked with.
create table device_logins (
  id text primary key,
  user_id text not null references users on delete cascade,
  site text not null,
  provider text not null,
  -- sealed; of no use once the state is no longer `waiting`
  device_code bytea not null,
  user_code text not null,
  verification_uri text not null,
  verification_uri_complete text,
  interval_seconds int not null,
  next_poll_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'connected', 'denied', 'expired', 'failed')),
  problem jsonb,
  created_at timestamptz not null
);
create index device_logins_user on device_logins (user_id);

-- the credential by which Transat made this one at the site; it revokes it, too
alter table credentials add column made_with text;
-- when what is kept now was made or given; a renewal moves it on
alter table credentials add column made_at timestamptz;
-- what the last try of it found, line by line
alter table credentials add column checks jsonb;
