"""The page on which data are added, by what its parts know: files, answers, readings, columns, problems, the store."""
