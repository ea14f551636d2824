"""Files in and out: reading what people have, the workspace folder, exports."""

from segkit.io.table import read_text_table

__all__ = ["read_text_table"]
