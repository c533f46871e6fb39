package dataprep.publication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dataprep.publication.Store.StoredObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model's S3 behaves like the recorded AWS responses. */
class ModelS3Test {
    private static final ModelS3 S3 = new ModelS3(false);
    private static final Store EMPTY = Store.empty(JsonNodeFactory.instance.objectNode());
    private static final Store STORED = EMPTY.with("a", object("1")).with("b", object("2"));

    private static StoredObject object(String body) {
        return new StoredObject(body, 0, false);
    }

    private static Request request(String arguments) {
        var filled =
                arguments.replace('\'', '"').replace("ETAG", object("1").etag().replace("\"", "\\\""));
        return new Request("", ModelManifest.parse(filled), "");
    }

    private static String error(Store store, String action, String arguments) {
        var outcome = S3.call(store, action, request(arguments)).outcome();
        return outcome.succeeded() ? "" : outcome.failure().error();
    }

    @ParameterizedTest
    @ValueSource(strings = {"putObject", "copyObject", "deleteObject"})
    void aWriteHappensOnlyIfItsConditionHolds(String action) {
        var over = "{'Key': 'a', 'Body': 3, 'CopySource': 'bucket/b', %s}";
        assertEquals("", error(STORED, action, over.formatted("'IfMatch': 'ETAG'")));
        assertEquals(ModelS3.REFUSED, error(STORED, action, over.formatted("'IfMatch': 'other'")));
        assertEquals(
                STORED,
                S3.call(STORED, action, request(over.formatted("'IfMatch': 'other'")))
                        .store());
    }

    @ParameterizedTest
    @ValueSource(strings = {"putObject", "copyObject"})
    void anObjectIsCreatedOnlyIfThereIsNone(String action) {
        var create = "{'Key': '%s', 'Body': 3, 'CopySource': 'bucket/b', 'IfNoneMatch': '*'}";
        assertEquals(ModelS3.REFUSED, error(STORED, action, create.formatted("a")));
        assertEquals("", error(STORED, action, create.formatted("c")));
        assertEquals(
                ModelS3.REFUSED,
                error(
                        EMPTY.with("b", object("2")),
                        action,
                        "{'Key': 'a', 'Body': 3, 'CopySource': 'bucket/b', 'IfMatch': 'ETAG'}"));
    }

    @Test
    void aBodyIsEncodedAsJson() {
        var store = S3.call(EMPTY, "putObject", request("{'Key': 'a', 'Body': {'x': 'y'}}"))
                .store();
        assertEquals("{\"x\":\"y\"}", store.objects().get("a").body());
        store = S3.call(EMPTY, "putObject", request("{'Key': 'a', 'Body': 'text'}"))
                .store();
        assertEquals("\"text\"", store.objects().get("a").body());
    }

    @Test
    void equalContentsHaveOneEtagUnlessTheBucketSaysOtherwise() {
        var put = request("{'Key': 'a', 'Body': 1}");
        var once = S3.call(EMPTY, "putObject", put).store();
        assertEquals(once, S3.call(once, "putObject", put).store());
        var unique = new ModelS3(true);
        var first = unique.call(EMPTY, "putObject", put).store();
        var second = unique.call(first, "putObject", put).store();
        assertNotEquals(
                first.objects().get("a").etag(), second.objects().get("a").etag());
    }

    @Test
    void aMissingObjectHasItsOwnErrorName() {
        assertEquals(ModelS3.MISSING, error(EMPTY, "getObject", "{'Key': 'a'}"));
        assertEquals(ModelS3.MISSING, error(EMPTY, "headObject", "{'Key': 'a'}"));
        assertEquals("", error(EMPTY, "deleteObject", "{'Key': 'a'}"));
    }

    @Test
    void aListHasContentsOrCommonPrefixesOrNone() {
        var store = EMPTY.with("p/a/1", object("1")).with("p/b", object("2")).with("q", object("3"));
        var listed = S3.call(store, "listObjectsV2", request("{'Prefix': 'p/', 'Delimiter': '/'}"));
        var result = listed.outcome().result();
        assertEquals("p/a/", result.at("/CommonPrefixes/0/Prefix").asText());
        assertEquals("p/b", result.at("/Contents/0/Key").asText());
        assertEquals(2, result.path("KeyCount").asInt());
        var none = S3.call(store, "listObjectsV2", request("{'Prefix': 'z'}"))
                .outcome()
                .result();
        assertTrue(!none.has("Contents") && !none.has("CommonPrefixes"));
    }
}
