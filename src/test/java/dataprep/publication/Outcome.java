package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;

/** How a call ends for its caller: with a result, or, if that is null, with a failure. */
record Outcome(JsonNode result, Failure failure) {

    static Outcome of(JsonNode result) {
        return new Outcome(result, null);
    }

    static Outcome failed(String error, String cause) {
        return new Outcome(null, new Failure(error, cause));
    }

    boolean succeeded() {
        return failure == null;
    }

    String form() {
        return succeeded() ? Interned.canonical(result) : failure.error() + ": " + failure.cause();
    }
}
