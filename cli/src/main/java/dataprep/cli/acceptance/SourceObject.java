package dataprep.cli.acceptance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.cli.exit.CommandFailure;
import dataprep.cli.run.DataBucket;
import dataprep.cli.run.Execution;
import java.util.Arrays;
import software.amazon.awssdk.core.sync.RequestBody;

/** A source object in the pipeline's own data bucket, which an acceptance changes and restores. */
record SourceObject(DataBucket bucket, String key, byte[] content) {

    /**
     * Finds the first such source among those that a run extracted, from the invocations of the function.
     *
     * @throws CommandFailure if there is none
     */
    static SourceObject of(DataBucket bucket, Execution run) {
        var prefix = "s3://%s/".formatted(bucket.name());
        var key = run.history().stream()
                .filter(event -> event.taskScheduledEventDetails() != null)
                .map(event -> uri(event.taskScheduledEventDetails().parameters()))
                .filter(uri -> uri.startsWith(prefix) && !uri.endsWith("/"))
                .map(uri -> uri.substring(prefix.length()))
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage(
                        "an acceptance changes a source: one source of the stack must be an object in %s"
                                .formatted(prefix)));
        var content = bucket.s3()
                .getObjectAsBytes(request -> request.bucket(bucket.name()).key(key))
                .asByteArray();
        return new SourceObject(bucket, key, content);
    }

    private static String uri(String parameters) {
        try {
            return new ObjectMapper()
                    .readTree(parameters)
                    .at("/Payload/source/uri")
                    .asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    /** Writes the object without its last line. */
    void shorten() {
        int end = content.length - 1;
        while (end > 0 && content[end - 1] != '\n') {
            end--;
        }
        put(Arrays.copyOf(content, end));
    }

    void restore() {
        put(content);
    }

    private void put(byte[] bytes) {
        bucket.s3().putObject(request -> request.bucket(bucket.name()).key(key), RequestBody.fromBytes(bytes));
    }
}
