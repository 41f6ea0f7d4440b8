-- The job queue keeps its own tables in a schema that the application owns, so that it can bring them up to date by itself.
CREATE SCHEMA IF NOT EXISTS pgboss AUTHORIZATION opengsync_app;
