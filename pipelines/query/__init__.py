"""Ad-hoc SQL: read-only queries with limits, tables that explain themselves, exports, and the road of a number."""
