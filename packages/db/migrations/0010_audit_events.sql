-- What the trail holds besides changes of rows (sign-ins, downloads by share link, and the like), and the chain of hashes by which
-- tampering is found (docs/decisions/0018-audit-chain.md).

ALTER TABLE audit_event DROP CONSTRAINT audit_event_action_check;
ALTER TABLE audit_event ADD CONSTRAINT audit_event_action_check CHECK (action IN ('I', 'U', 'D', 'E'));
-- Events from before the chain count as those of the transaction of this migration.
ALTER TABLE audit_event ADD COLUMN transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id();
COMMENT ON COLUMN audit_event.table_name IS 'Table of the row; for events what happened, e.g. sign_in_failed';
COMMENT ON COLUMN audit_event.row_key IS 'Primary key of the row, several columns joined with /; for events the object concerned, e.g. lims_user/7';
COMMENT ON COLUMN audit_event.action IS 'I inserted, U updated, D deleted, E something happened';
COMMENT ON COLUMN audit_event.changes IS 'Inserted and deleted: columns that have a value; updated: changed columns, name to [before, after]; secrets as ***; for events details by name';
COMMENT ON COLUMN audit_event.transaction_id IS 'Transaction of the change';

-- Filters of the page of all events. What happens all the time is found by reading backwards; the rare needs an index.
CREATE INDEX audit_event_table_name_idx ON audit_event (table_name, id);
CREATE INDEX audit_event_request_id_idx ON audit_event (request_id, id) WHERE request_id IS NOT NULL;
CREATE INDEX audit_event_via_idx ON audit_event (via, id) WHERE via IN ('api', 'worker', 'cli', 'setup', 'sql');
CREATE INDEX audit_event_action_idx ON audit_event (action, id) WHERE action IN ('D', 'E');
CREATE INDEX audit_event_impersonator_id_idx ON audit_event (impersonator_id, id) WHERE impersonator_id IS NOT NULL;
CREATE INDEX audit_event_object_idx ON audit_event (row_key, id) WHERE action = 'E';

-- Objects to which a deleted row belonged, or to which an updated one belongs or belonged: {"seq_request_id=12"}.
CREATE FUNCTION audit_parents(changes jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT coalesce(array_agg(DISTINCT member.key || '=' || part.value), '{}')
	FROM jsonb_each(changes) AS member
	CROSS JOIN LATERAL (
		SELECT member.value #>> '{}' AS value WHERE jsonb_typeof(member.value) IN ('number', 'string')
		UNION ALL
		SELECT element FROM jsonb_array_elements_text(CASE jsonb_typeof(member.value) WHEN 'array' THEN member.value ELSE '[]' END) AS element
	) AS part
	WHERE part.value IS NOT NULL AND member.key IN (
		'seq_request_id', 'project_id', 'experiment_id', 'sample_id', 'library_id', 'pool_id', 'lab_prep_id', 'group_id', 'user_id',
		'index_kit_id', 'feature_kit_id', 'owner_id')
$$;
CREATE INDEX audit_event_parents_idx ON audit_event USING gin (audit_parents(changes))
	WHERE action = 'D' OR (action = 'U' AND changes ?| '{seq_request_id,project_id,experiment_id,sample_id,library_id,pool_id,lab_prep_id,group_id}');

CREATE TABLE audit_link (
	table_name text NOT NULL,
	month char(7) NOT NULL,
	number bigint NOT NULL,
	transaction_id xid8 NOT NULL,
	first_event_id bigint NOT NULL,
	last_event_id bigint NOT NULL,
	num_events bigint NOT NULL,
	hash bytea NOT NULL,
	PRIMARY KEY (table_name, month, number)
);
COMMENT ON TABLE audit_link IS 'Link of the chain of a table and month: the events of one transaction. Append-only.';
COMMENT ON COLUMN audit_link.table_name IS 'Table of the events';
COMMENT ON COLUMN audit_link.month IS 'Month in which the transaction began, UTC, YYYY-MM';
COMMENT ON COLUMN audit_link.number IS 'Place in the chain, from 1';
COMMENT ON COLUMN audit_link.transaction_id IS 'Transaction of the events';
COMMENT ON COLUMN audit_link.first_event_id IS 'First of the events';
COMMENT ON COLUMN audit_link.last_event_id IS 'Last of the events; events of other transactions may lie between';
COMMENT ON COLUMN audit_link.num_events IS 'Number of events';
COMMENT ON COLUMN audit_link.hash IS 'SHA-256 of the link before, the other columns and the hashes of the events';

CREATE TABLE audit_head (
	table_name text NOT NULL,
	month char(7) NOT NULL,
	start_hash bytea NOT NULL,
	number bigint NOT NULL,
	hash bytea NOT NULL,
	PRIMARY KEY (table_name, month)
);
COMMENT ON TABLE audit_head IS 'End of the chain of a table and month. Its lock puts transactions in order, and is only taken while they commit.';
COMMENT ON COLUMN audit_head.table_name IS 'Table';
COMMENT ON COLUMN audit_head.month IS 'Month, UTC, YYYY-MM';
COMMENT ON COLUMN audit_head.start_hash IS 'What the first link continues: the end of an earlier month when this one began, or SHA-256 of nothing';
COMMENT ON COLUMN audit_head.number IS 'Number of links';
COMMENT ON COLUMN audit_head.hash IS 'Hash of the last link';

CREATE TABLE audit_pending (
	transaction_id xid8 NOT NULL,
	table_name text NOT NULL,
	first_event_id bigint NOT NULL,
	last_event_id bigint NOT NULL,
	PRIMARY KEY (transaction_id, first_event_id)
);
COMMENT ON TABLE audit_pending IS 'Events of the open transaction that get their link when it commits; outside of transactions always empty.';
COMMENT ON COLUMN audit_pending.transaction_id IS 'Transaction';
COMMENT ON COLUMN audit_pending.table_name IS 'Table of the events of one statement';
COMMENT ON COLUMN audit_pending.first_event_id IS 'First of them';
COMMENT ON COLUMN audit_pending.last_event_id IS 'Last of them';

REVOKE ALL ON audit_link, audit_head, audit_pending FROM opengsync_app;
GRANT SELECT ON audit_link, audit_head TO opengsync_app;
CREATE TRIGGER audit_link_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_link
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_head_keeps BEFORE DELETE OR TRUNCATE ON audit_head
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- Appends a link for events of one transaction, table and month. `opengsync audit verify` has the same expressions, so that it does not
-- trust this function.
CREATE FUNCTION append_audit_link(events_table text, events_month text, events_transaction xid8, first_id bigint, last_id bigint)
RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
	head audit_head;
	events_count bigint;
	events_hashes bytea;
	link_hash bytea;
	month_start CONSTANT timestamptz := (events_month || '-01')::timestamp AT TIME ZONE 'UTC';
BEGIN
	SELECT * INTO head FROM audit_head WHERE table_name = events_table AND month = events_month FOR UPDATE;
	IF NOT FOUND THEN
		INSERT INTO audit_head (table_name, month, start_hash, number, hash)
		SELECT events_table, events_month, start, 0, start
		FROM (SELECT coalesce((SELECT h.hash FROM audit_head h WHERE h.table_name = events_table AND h.month < events_month
			ORDER BY h.month DESC LIMIT 1), sha256(''::bytea)) AS start) AS earlier
		ON CONFLICT DO NOTHING;
		SELECT * INTO STRICT head FROM audit_head WHERE table_name = events_table AND month = events_month FOR UPDATE;
	END IF;
	SELECT count(*), string_agg(sha256(convert_to(ROW(e.id, to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor_id,
		e.impersonator_id, e.via, e.request_id, e.table_name, e.row_key, e.action, e.changes)::text, 'UTF8')), ''::bytea ORDER BY e.id)
	INTO events_count, events_hashes
	FROM audit_event e
	WHERE e.id BETWEEN first_id AND last_id AND e.transaction_id = events_transaction AND e.table_name = events_table
		AND e.occurred_at >= month_start AND e.occurred_at < (month_start AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC';
	link_hash := sha256(head.hash || convert_to(ROW(events_table, events_month, head.number + 1, events_transaction, first_id, last_id,
		events_count)::text, 'UTF8') || events_hashes);
	INSERT INTO audit_link (table_name, month, number, transaction_id, first_event_id, last_event_id, num_events, hash)
	VALUES (events_table, events_month, head.number + 1, events_transaction, first_id, last_id, events_count, link_hash);
	UPDATE audit_head SET number = head.number + 1, hash = link_hash WHERE table_name = events_table AND month = events_month;
END
$$;

-- Runs when a transaction commits: the first call links all its events, in the order of the tables' names, so that two transactions that
-- wait for each other's chains cannot come about; further calls find nothing to do.
CREATE FUNCTION link_audit_events() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	part record;
BEGIN
	FOR part IN
		WITH taken AS (DELETE FROM audit_pending WHERE transaction_id = pg_current_xact_id() RETURNING table_name, first_event_id, last_event_id)
		SELECT table_name, min(first_event_id) AS first_id, max(last_event_id) AS last_id FROM taken GROUP BY table_name ORDER BY table_name
	LOOP
		PERFORM append_audit_link(part.table_name, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM'), pg_current_xact_id(), part.first_id, part.last_id);
	END LOOP;
	RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER audit_pending_link AFTER INSERT ON audit_pending DEFERRABLE INITIALLY DEFERRED
	FOR EACH ROW EXECUTE FUNCTION link_audit_events();

-- A row with secrets as ***.
CREATE FUNCTION audit_masked(data jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT jsonb_object_agg(key, audit_value(key, value)) FROM jsonb_each(data)
$$;

-- A row as the trail keeps it: without empty columns, secrets as ***. Of a form that the planner puts in place of the call.
CREATE FUNCTION audit_row(data jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT jsonb_strip_nulls(CASE
		WHEN data ?| '{password,token_hash,token_sealed,csrf_secret,secret_sealed,code_hash,public_key}'::text[] THEN audit_masked(data) ELSE data
	END)
$$;

-- Columns that differ between two states of a row: name to [before, after].
CREATE OR REPLACE FUNCTION audit_changes(before jsonb, after jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
	SELECT jsonb_object_agg(key, jsonb_build_array(audit_value(key, before -> key), audit_value(key, value)))
	FROM jsonb_each(after) WHERE value IS DISTINCT FROM before -> key
$$;

-- Writes one event per changed row of a statement. Runs as the owner of the schema, since the application may not write the trail.
-- A row whose key changes counts as deleted and inserted. Columns that only tell of use are no change.
CREATE OR REPLACE FUNCTION audit_statement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	actor integer := nullif(current_setting('opengsync.actor_id', true), '')::integer;
	impersonator integer := nullif(current_setting('opengsync.impersonator_id', true), '')::integer;
	way_in text := coalesce(nullif(current_setting('opengsync.via', true), ''), 'sql');
	request text := nullif(current_setting('opengsync.request_id', true), '');
	of_use CONSTANT text[] := '{last_used_at,sign_count,last_step}';
BEGIN
	IF TG_OP = 'INSERT' THEN
		WITH added AS (
			INSERT INTO audit_event (actor_id, impersonator_id, via, request_id, table_name, row_key, action, changes)
			SELECT actor, impersonator, way_in, request, TG_TABLE_NAME,
				concat_ws('/', data ->> TG_ARGV[0], data ->> TG_ARGV[1], data ->> TG_ARGV[2]), 'I', audit_row(data)
			FROM (SELECT to_jsonb(n) AS data FROM new_rows n OFFSET 0) AS inserted
			RETURNING id
		)
		INSERT INTO audit_pending SELECT pg_current_xact_id(), TG_TABLE_NAME, min(id), max(id) FROM added HAVING count(*) > 0;
	ELSIF TG_OP = 'DELETE' THEN
		WITH added AS (
			INSERT INTO audit_event (actor_id, impersonator_id, via, request_id, table_name, row_key, action, changes)
			SELECT actor, impersonator, way_in, request, TG_TABLE_NAME,
				concat_ws('/', data ->> TG_ARGV[0], data ->> TG_ARGV[1], data ->> TG_ARGV[2]), 'D', audit_row(data)
			FROM (SELECT to_jsonb(o) AS data FROM old_rows o OFFSET 0) AS deleted
			RETURNING id
		)
		INSERT INTO audit_pending SELECT pg_current_xact_id(), TG_TABLE_NAME, min(id), max(id) FROM added HAVING count(*) > 0;
	ELSE
		WITH before AS MATERIALIZED (
			SELECT concat_ws('/', data ->> TG_ARGV[0], data ->> TG_ARGV[1], data ->> TG_ARGV[2]) AS key, data
			FROM (SELECT to_jsonb(o) - of_use AS data FROM old_rows o OFFSET 0) AS state
		), after AS MATERIALIZED (
			SELECT concat_ws('/', data ->> TG_ARGV[0], data ->> TG_ARGV[1], data ->> TG_ARGV[2]) AS key, data
			FROM (SELECT to_jsonb(n) - of_use AS data FROM new_rows n OFFSET 0) AS state
		), added AS (
			INSERT INTO audit_event (actor_id, impersonator_id, via, request_id, table_name, row_key, action, changes)
			SELECT actor, impersonator, way_in, request, TG_TABLE_NAME, coalesce(a.key, b.key),
				CASE WHEN b.key IS NULL THEN 'I' WHEN a.key IS NULL THEN 'D' ELSE 'U' END,
				CASE WHEN b.key IS NULL THEN audit_row(a.data) WHEN a.key IS NULL THEN audit_row(b.data) ELSE audit_changes(b.data, a.data) END
			FROM before b FULL JOIN after a ON a.key = b.key
			WHERE b.data IS DISTINCT FROM a.data
			RETURNING id
		)
		INSERT INTO audit_pending SELECT pg_current_xact_id(), TG_TABLE_NAME, min(id), max(id) FROM added HAVING count(*) > 0;
	END IF;
	RETURN NULL;
END
$$;
DROP FUNCTION audit_row_key(jsonb, text[]);

-- Adds an event under the actor of the transaction. Runs as the owner of the schema, since the application may not write the trail.
CREATE FUNCTION record_audit_event(kind text, object_key text, details jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
	WITH added AS (
		INSERT INTO audit_event (actor_id, impersonator_id, via, request_id, table_name, row_key, action, changes)
		VALUES (
			nullif(current_setting('opengsync.actor_id', true), '')::integer,
			nullif(current_setting('opengsync.impersonator_id', true), '')::integer,
			coalesce(nullif(current_setting('opengsync.via', true), ''), 'sql'),
			nullif(current_setting('opengsync.request_id', true), ''),
			kind, object_key, 'E', details)
		RETURNING id
	)
	INSERT INTO audit_pending SELECT pg_current_xact_id(), kind, id, id FROM added
$$;

REVOKE ALL ON FUNCTION record_audit_event(text, text, jsonb), append_audit_link(text, text, xid8, bigint, bigint), link_audit_events() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_audit_event(text, text, jsonb) TO opengsync_app;

-- Events from before: rows in the new form, then their links.
ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only;
UPDATE audit_event e SET changes = (
	SELECT coalesce(jsonb_object_agg(key, value -> CASE e.action WHEN 'I' THEN 1 ELSE 0 END), '{}') FROM jsonb_each(e.changes))
WHERE action IN ('I', 'D');
ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only;
SELECT append_audit_link(table_name, month, pg_current_xact_id(), first_id, last_id)
FROM (
	SELECT table_name, to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month, min(id) AS first_id, max(id) AS last_id
	FROM audit_event GROUP BY 1, 2 ORDER BY 2, 1
) AS part;
