-- Since when a node that stays takes no new work, as somebody has asked; null: it takes work.
alter table nodes add column drained_at timestamptz;
