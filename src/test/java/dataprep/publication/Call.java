package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A call that an execution waits for.
 *
 * @param path of branches, from the outermost
 * @param state that makes the call
 * @param request what is called
 * @param number of the request
 * @param tries the number of previous attempts
 */
record Call(int[] path, String state, JsonNode definition, Request request, int number, int tries) {

    boolean isRetriedAfter(String error) {
        return ErrorHandlers.retries(definition, error, tries);
    }
}
