"""What goes out to leads: rows, words beside values, e-mail drafts."""
