-- expand
-- What is true of the whole instance until somebody changes it: that dialing is paused, say.

CREATE TABLE instance_facts (
  name  text NOT NULL PRIMARY KEY,
  says  text NOT NULL,
  since timestamptz NOT NULL
);

ALTER TABLE instance_facts ENABLE ROW LEVEL SECURITY;
ALTER TABLE instance_facts FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON instance_facts TO ringdown_instance;
CREATE POLICY instance ON instance_facts TO ringdown_instance USING (true);
