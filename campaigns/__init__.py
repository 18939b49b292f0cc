"""What was done: campaign records, platform exports, surveys, privacy and the store."""
