package dataprep.publication;

/** The error with which a state, a branch or an execution fails. */
record Failure(String error, String cause) {}
