-- What the trail holds besides changes of rows: sign-ins, failed sign-ins, downloads by share link, and the like.

ALTER TABLE audit_event DROP CONSTRAINT audit_event_action_check;
ALTER TABLE audit_event ADD CONSTRAINT audit_event_action_check CHECK (action IN ('I', 'U', 'D', 'E'));
COMMENT ON COLUMN audit_event.table_name IS 'Table of the row; for events what happened, e.g. sign_in_failed';
COMMENT ON COLUMN audit_event.row_key IS 'Primary key of the row, several columns joined with /; for events the object concerned, e.g. lims_user/7';
COMMENT ON COLUMN audit_event.action IS 'I inserted, U updated, D deleted, E something happened';
COMMENT ON COLUMN audit_event.changes IS 'Changed columns: name to [before, after], secrets as ***; for events details by name';

-- Adds an event under the actor of the transaction. Runs as the owner of the schema, since the application may not write the trail.
CREATE FUNCTION record_audit_event(kind text, object_key text, details jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
	INSERT INTO audit_event (actor_id, impersonator_id, via, request_id, table_name, row_key, action, changes)
	VALUES (
		nullif(current_setting('opengsync.actor_id', true), '')::integer,
		nullif(current_setting('opengsync.impersonator_id', true), '')::integer,
		coalesce(nullif(current_setting('opengsync.via', true), ''), 'sql'),
		nullif(current_setting('opengsync.request_id', true), ''),
		kind, object_key, 'E', details)
$$;
REVOKE ALL ON FUNCTION record_audit_event(text, text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_audit_event(text, text, jsonb) TO opengsync_app;
