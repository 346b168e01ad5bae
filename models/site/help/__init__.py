"""The help: questions that people ask, each with its answer, from the data files of the wings that are on."""
