"""What every use case works with: who and when, folders, points in time, JSON documents."""
