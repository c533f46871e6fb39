package dataprep.publication;

/** The error with which a state, a branch or an execution fails. */
record StateFailure(String error, String cause) {}
