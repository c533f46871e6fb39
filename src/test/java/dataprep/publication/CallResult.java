package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;

/** How a call ends for its caller: with a result, or, if that is null, with a failure. */
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
