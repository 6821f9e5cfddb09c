-- A person is (issuer, sub). Rows from before may be named by another claim, until their owner has proven to be it.
alter table users add column subject_is_sub boolean not null default false;
alter table users alter column subject_is_sub set default true;

-- What people are shown of their sessions, and when they last proved who they are.
alter table sessions add column ref text;
update sessions set ref = 'ses_' || left(id, 20);
alter table sessions alter column ref set not null;
create unique index sessions_ref on sessions (ref);
create index sessions_user on sessions (user_id);
alter table sessions add column authenticated_at timestamptz;
update sessions set authenticated_at = created_at;
alter table sessions alter column authenticated_at set not null;
alter table sessions add column last_used_at timestamptz;
alter table sessions add column browser text;
alter table sessions add column network text;
