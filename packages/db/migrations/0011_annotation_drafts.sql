-- What is typed into a step of a workflow before it is submitted: survives a closed browser, an expired session and a change of the
-- computer. Passing state, not audited.

-- Versions are never used twice, also not after a draft is gone: an old tab cannot take a new draft for its own.
CREATE SEQUENCE workflow_draft_version_seq AS integer CYCLE;

CREATE TABLE workflow_draft (
	uuid char(36) NOT NULL REFERENCES workflow_run ON DELETE CASCADE,
	step varchar(64) NOT NULL,
	version integer NOT NULL DEFAULT nextval('workflow_draft_version_seq') CHECK (version > 0),
	sheet jsonb CHECK (jsonb_typeof(sheet) = 'object'),
	field_values jsonb NOT NULL DEFAULT '{}'::jsonb CHECK (jsonb_typeof(field_values) = 'object'),
	changed_utc timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (uuid, step)
);
COMMENT ON TABLE workflow_draft IS 'What is typed into a step of an unfinished workflow run and not submitted yet.';
COMMENT ON COLUMN workflow_draft.uuid IS 'Workflow run';
COMMENT ON COLUMN workflow_draft.step IS 'Name of the step';
COMMENT ON COLUMN workflow_draft.version IS 'Another number with each change; a tab that knows an older one is refused';
COMMENT ON COLUMN workflow_draft.sheet IS 'Headers and cells as typed; empty for a form';
COMMENT ON COLUMN workflow_draft.field_values IS 'Named fields beside the sheet as typed, by name';
COMMENT ON COLUMN workflow_draft.changed_utc IS 'Time of the last change';
