"""What comes in: files in folders, mails and archives, and the office's source."""
