package dataprep.settings;

/** The Glue workers of a job run: their type, such as G.1X, and their number. */
public record JobWorkers(String type, int number) {}
