package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;

/** The end of a call for its caller: a result or, if it is null, a failure. */
record CallResult(JsonNode result, StateFailure failure) {

    static CallResult of(JsonNode result) {
        return new CallResult(result, null);
    }

    static CallResult failed(String error, String cause) {
        return new CallResult(null, new StateFailure(error, cause));
    }

    boolean succeeded() {
        return failure == null;
    }

    String form() {
        return succeeded() ? Interned.canonical(result) : failure.error() + ": " + failure.cause();
    }
}
