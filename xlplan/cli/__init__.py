"""One short file per command: parse, call one use case, print."""
