-- scope: tenant
-- People and companies to call, and the pipelines they stand in.

-- fragment: lead
phone, extension, contact_name, company_name, email, external_id, pipeline_id, status, tier, tags, interests, city,
       state, postal_code, country, latitude, longitude, timezone, notes, id, undialable, call_sid, call_attempts,
       last_called_at, next_attempt_at, cal_booking_uid, follow_up_email_sent, created_at, updated_at

-- fragment: said
phone, name_key, extension, contact_name, company_name, email, external_id, pipeline_id, status, tier, tags, interests,
             city, state, postal_code, country, latitude, longitude, timezone, notes, undialable

-- fragment: said_of_many
unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::uuid[],
            $10::text[], $11::text[], $12::jsonb[], $13::jsonb[], $14::text[], $15::text[], $16::text[], $17::text[],
            $18::double precision[], $19::double precision[], $20::text[], $21::text[], $22::text[],
            $23::timestamptz[])

-- PostgreSQL must not take it for the condition of leads_by_phone: until the table was analysed it thinks that index next
-- to empty, and reads it whole rather than go by what else is asked for.
-- fragment: kept
-- sqlite:
leads.deleted_at IS NULL
-- postgres:
(leads.deleted_at IS NULL) IS TRUE

-- fragment: passes
-- sqlite:
(status = $3 OR $3 IS NULL) AND (pipeline_id = $4 OR $4 IS NULL) AND (tier = $5 OR $5 IS NULL)
  AND ($6 IS NULL OR EXISTS (SELECT 1 FROM json_each(tags) WHERE json_each.value = $6))
  AND (city LIKE $7 ESCAPE '\' OR $7 IS NULL) AND (state LIKE $8 ESCAPE '\' OR $8 IS NULL)
  AND (country = $9 OR $9 IS NULL)
  AND ($10 IS NULL OR contact_name LIKE $10 ESCAPE '\' OR company_name LIKE $10 ESCAPE '\'
       OR email LIKE $10 ESCAPE '\' OR external_id LIKE $10 ESCAPE '\' OR phone LIKE $11)
-- postgres:
(status = $3 OR $3 IS NULL) AND (pipeline_id = $4 OR $4 IS NULL) AND (tier = $5 OR $5 IS NULL)
  AND ($6::text IS NULL OR tags @> jsonb_build_array($6::text))
  AND (city ILIKE $7 OR $7 IS NULL) AND (state ILIKE $8 OR $8 IS NULL) AND (country = $9 OR $9 IS NULL)
  AND ($10::text IS NULL OR contact_name ILIKE $10 OR company_name ILIKE $10 OR email ILIKE $10
       OR external_id ILIKE $10 OR phone LIKE $11)

-- name: add_leads
-- Those that nobody is yet, by external id or by number and name. No RETURNING: it makes SQLite keep what a row may
-- have to take back, and with this many indexes that goes to a file for each row.
-- sqlite:
INSERT INTO leads (workspace_id, id, {said}, created_at, updated_at)
VALUES ($workspace, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
        $22, $23, $23)
ON CONFLICT DO NOTHING;
-- postgres:
INSERT INTO leads (workspace_id, id, {said}, created_at, updated_at)
SELECT $workspace, id, {said}, at, at
FROM {said_of_many} AS new (id, {said}, at)
ON CONFLICT DO NOTHING;

-- name: save_lead
-- What is said about a lead that exists by now, with what follows from it.
UPDATE leads
SET ({said}, updated_at) =
    ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
WHERE workspace_id = $workspace AND id = $1 AND {kept};

-- name: leads_by_name
-- Those with these numbers and names; where several systems know one, all of them. PostgreSQL looks up one after the
-- other: OFFSET 0 keeps it from turning that around, which it does with a table it never analysed. SQLite, which never
-- analyses, is told the index, or it would read the whole workspace.
-- sqlite:
SELECT {lead}
FROM leads INDEXED BY leads_by_phone
WHERE workspace_id = $workspace AND phone = $1 AND name_key = $2 AND deleted_at IS NULL;
-- postgres:
SELECT {lead}
FROM unnest($1::text[], $2::text[]) AS asked (asked_phone, asked_name),
  LATERAL (SELECT {lead}
           FROM leads
           WHERE workspace_id = $workspace AND phone = asked_phone AND name_key = asked_name AND deleted_at IS NULL
           OFFSET 0) AS found;

-- name: names_of_phones
-- Who has these numbers: no more than twenty of each.
-- sqlite:
SELECT phone, name_key, coalesce(external_id, '') AS external_key, id
FROM leads INDEXED BY leads_by_phone
WHERE workspace_id = $workspace AND phone = $1 AND deleted_at IS NULL
LIMIT 20;
-- postgres:
SELECT known.phone, known.name_key, known.external_key, known.id
FROM unnest($1::text[]) AS asked (phone)
CROSS JOIN LATERAL (SELECT phone, name_key, coalesce(external_id, '') AS external_key, id
                    FROM leads
                    WHERE workspace_id = $workspace AND phone = asked.phone AND deleted_at IS NULL
                    LIMIT 20) AS known;

-- name: leads_by_ids
-- sqlite:
SELECT {lead}
FROM leads
WHERE workspace_id = $workspace AND id = $1 AND {kept};
-- postgres:
SELECT {lead}
FROM unnest($1::uuid[]) AS asked (asked_id),
  LATERAL (SELECT {lead}
           FROM leads
           WHERE workspace_id = $workspace AND id = asked_id AND {kept}
           OFFSET 0) AS found;

-- name: leads_by_external_id
-- sqlite:
SELECT {lead}
FROM leads
WHERE workspace_id = $workspace AND external_id = $1 AND deleted_at IS NULL;
-- postgres:
SELECT {lead}
FROM unnest($1::text[]) AS asked (asked_id),
  LATERAL (SELECT {lead}
           FROM leads
           WHERE workspace_id = $workspace AND external_id = asked_id AND {kept}
           OFFSET 0) AS found;

-- name: lead_by_id
SELECT {lead}
FROM leads
WHERE workspace_id = $workspace AND id = $1 AND {kept};

-- name: lead_to_change
-- The same, kept from others to the end of the unit.
-- sqlite:
SELECT {lead}
FROM leads
WHERE workspace_id = $workspace AND id = $1 AND {kept};
-- postgres:
SELECT {lead}
FROM leads
WHERE workspace_id = $workspace AND id = $1 AND {kept}
FOR UPDATE;

-- name: lead_by_call
SELECT {lead}
FROM leads
WHERE workspace_id = $workspace AND call_sid = $1 AND {kept};

-- name: leads_of_phone
-- Oldest first.
-- sqlite:
SELECT {lead}
FROM leads INDEXED BY leads_by_phone
WHERE workspace_id = $workspace AND phone = $1 AND deleted_at IS NULL
ORDER BY id
LIMIT $2;
-- postgres:
SELECT {lead}
FROM leads
WHERE workspace_id = $workspace AND phone = $1 AND deleted_at IS NULL
ORDER BY id
LIMIT $2;

-- name: leads_newest
-- A page of leads that pass the filter, newest first, behind $1. What is NULL in the filter lets everything pass; $10
-- and $11 are patterns, of words and of a number's digits.
SELECT {lead}
FROM leads
WHERE workspace_id = $workspace AND {kept} AND id < $1 AND {passes}
ORDER BY id DESC
LIMIT $12 OFFSET $2;

-- name: leads_oldest
SELECT {lead}
FROM leads
WHERE workspace_id = $workspace AND {kept} AND id > $1 AND {passes}
ORDER BY id
LIMIT $12 OFFSET $2;

-- name: leads_by_word
-- Behind the lead ($1) whose sort key is $13.
-- order: status = status, phone = phone
SELECT {lead}
FROM leads
WHERE workspace_id = $workspace AND deleted_at IS NULL AND ({order}, id) > ($13, $1) AND {passes}
ORDER BY {order}, id
LIMIT $12 OFFSET $2;

-- name: leads_by_contact_name
SELECT {lead}
FROM leads
WHERE workspace_id = $workspace AND {kept} AND (name_key, id) > ($13, $1) AND {passes}
ORDER BY name_key, id
LIMIT $12 OFFSET $2;

-- name: leads_by_call_age
-- Never called before oldest called, as dialing goes; behind the lead ($1) last called at $13.
SELECT {lead}
FROM leads
WHERE workspace_id = $workspace AND {kept} AND (last_called_key, id) > ($13, $1) AND {passes}
ORDER BY last_called_key, id
LIMIT $12 OFFSET $2;

-- name: city_said
-- Where the newest leads of a city say that it lies; $2 is how many.
-- sqlite:
SELECT city, state, country, latitude, longitude
FROM leads INDEXED BY leads_by_city
WHERE workspace_id = $workspace AND city_key = lower($1) AND latitude IS NOT NULL AND longitude IS NOT NULL AND {kept}
ORDER BY id DESC
LIMIT $2;
-- postgres:
SELECT city, state, country, latitude, longitude
FROM leads
WHERE workspace_id = $workspace AND city_key = lower($1 COLLATE "C") AND latitude IS NOT NULL AND longitude IS NOT NULL
  AND {kept}
ORDER BY id DESC
LIMIT $2;

-- name: remove_lead
-- It stays, unseen, so that its calls can be told.
UPDATE leads
SET deleted_at = $2, updated_at = $2
WHERE workspace_id = $workspace AND id = $1 AND {kept};

-- name: erase_lead
-- For good, deleted before or not; says which number it was.
DELETE FROM leads
WHERE workspace_id = $workspace AND id = $1
RETURNING phone;

-- name: set_call
UPDATE leads
SET call_sid = $2, updated_at = $3
WHERE workspace_id = $workspace AND id = $1 AND {kept};

-- name: phone_is_known
-- A row while any lead has the number, deleted ones too: each half has an index of its own.
-- sqlite:
SELECT phone
FROM leads INDEXED BY leads_by_phone
WHERE workspace_id = $workspace AND phone = $1 AND deleted_at IS NULL
UNION ALL
SELECT phone
FROM leads INDEXED BY leads_deleted
WHERE workspace_id = $workspace AND phone = $1 AND deleted_at IS NOT NULL
LIMIT 1;
-- postgres:
SELECT phone
FROM leads
WHERE workspace_id = $workspace AND phone = $1 AND deleted_at IS NULL
UNION ALL
SELECT phone
FROM leads
WHERE workspace_id = $workspace AND phone = $1 AND deleted_at IS NOT NULL
LIMIT 1;

-- name: add_erasure
INSERT INTO erasures (workspace_id, id, lead_id, fingerprint, consents, reason, erased_at, erased_by)
VALUES ($workspace, $1, $2, $3, $4, $5, $6, $7);

-- name: erasures_page
SELECT id, lead_id, fingerprint, consents, reason, erased_at, erased_by
FROM erasures
WHERE workspace_id = $workspace AND id > $1
ORDER BY id
LIMIT $2;

-- name: add_pipeline
-- Changes nothing when the name is taken.
INSERT INTO pipelines (workspace_id, id, name, name_key, created_at)
VALUES ($workspace, $1, $2, $3, $4)
ON CONFLICT DO NOTHING;

-- name: rename_pipeline
UPDATE pipelines
SET name = $2, name_key = $3
WHERE workspace_id = $workspace AND id = $1
  AND NOT EXISTS (SELECT 1 FROM pipelines other
                  WHERE other.workspace_id = $workspace AND other.name_key = $3 AND other.id <> $1);

-- name: pipelines_page
SELECT id, name, created_at
FROM pipelines
WHERE workspace_id = $workspace AND id > $1
ORDER BY id
LIMIT $2;

-- name: pipeline_by_id
SELECT id, name, created_at
FROM pipelines
WHERE workspace_id = $workspace AND id = $1;

-- name: pipeline_by_name
SELECT id, name, created_at
FROM pipelines
WHERE workspace_id = $workspace AND name_key = $1;

-- name: empty_pipeline
-- Its leads stand in none.
UPDATE leads
SET pipeline_id = NULL, updated_at = $2
WHERE workspace_id = $workspace AND pipeline_id = $1;

-- name: forget_pipeline
-- Files that were read into it are kept.
UPDATE imports
SET pipeline_id = NULL
WHERE workspace_id = $workspace AND pipeline_id = $1;

-- name: remove_pipeline
DELETE FROM pipelines
WHERE workspace_id = $workspace AND id = $1;
