-- expand
-- Whether a round is looking at the work right now: what it does not see it must be told.

ALTER TABLE due ADD COLUMN taken INTEGER NOT NULL DEFAULT 0;
