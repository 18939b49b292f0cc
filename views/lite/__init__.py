"""The results as plain HTML, for slow lines and old telephones: no script, no picture to fetch, a few kilobytes."""
