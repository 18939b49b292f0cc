"""What an organisation decides for all its campaigns, and the history of all that was done."""
