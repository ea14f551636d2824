"""Files in and out: reading what people have, the workspace folder, exports."""
