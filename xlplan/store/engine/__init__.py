"""The database underneath: engines, locks, schema, migrations."""
