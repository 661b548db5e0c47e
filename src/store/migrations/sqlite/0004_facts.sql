-- expand
-- What is true of the whole instance until somebody changes it: that dialing is paused, say.

CREATE TABLE instance_facts (
  name  TEXT NOT NULL PRIMARY KEY,
  says  TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
