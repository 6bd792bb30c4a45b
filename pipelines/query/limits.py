"""The settings that lock a query in, and what it may take: the same for every connection and for the process apart."""

from collections.abc import Mapping

MEMORY_LIMIT = "1GB"
THREADS = 2
SECONDS = 60.0
ROWS = 1_000_000
# What the process may take during a query: DuckDB's own limit, and as much again for the results of functions.
PROCESS_BYTES = 2 << 30

SETTINGS: Mapping[str, str] = {
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_unsigned_extensions": "false",
    "allow_persistent_secrets": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
    "max_temp_directory_size": "0KB",
    "memory_limit": MEMORY_LIMIT,
    "threads": str(THREADS),
}
# After the settings above, in this order: the engine takes settings of a connection in an order of its own, and refuses
# some of them once files are closed.
LOCKS = "SET enable_progress_bar = false; SET enable_external_access = false; SET lock_configuration = true;"
