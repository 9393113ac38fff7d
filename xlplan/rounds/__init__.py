"""The use cases: each reads like the officer's job."""
