package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.publication.Services.Effect;
import dataprep.publication.Store.StoredObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

/**
 * One S3 bucket with conditional writes, through Step Functions' SDK integration.
 *
 * @param uniqueEtags whether equal contents have different ETags, as with multipart uploads or KMS keys; otherwise an
 *     ETag is a function of the content
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional writes</a>
 */
record ModelS3(boolean uniqueEtags) {
    static final String MISSING = "S3.NoSuchKeyException";
    /** The SDK has no exception class for a failed condition. */
    static final String REFUSED = "S3.S3Exception";

    static final String TRANSIENT = "S3.S3Exception";
    static final String LOST = "S3.SdkClientException";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String RECENT = "2026-01-01T00:00:00Z";
    private static final String LONG_AGO = "2020-01-01T00:00:00Z";

    Effect call(Store store, String action, Request request) {
        return switch (action) {
            case "getObject", "headObject" -> read(store, request, action.equals("getObject"));
            case "putObject" -> put(store, request, encoded(request.arguments().path("Body")));
            case "copyObject" -> copy(store, request);
            case "deleteObject" -> delete(store, request);
            case "deleteObjects" -> deleteAll(store, request);
            case "listObjectsV2" -> list(store, request);
            default -> throw new UnsupportedOperationException("S3's " + action + " is not modelled");
        };
    }

    /** Step Functions JSON-encodes the body, including texts. */
    private static String encoded(JsonNode body) {
        return Interned.canonical(body);
    }

    private Effect read(Store store, Request request, boolean withBody) {
        var object = store.objects().get(request.text("Key"));
        if (object == null) {
            return Effect.failed(store, MISSING, "404 " + request.text("Key"));
        }
        if (request.has("IfMatch") && !request.text("IfMatch").equals(object.etag())) {
            return refused(store);
        }
        var result = written(object);
        return new Effect(store, CallResult.of(withBody ? result.put("Body", object.body()) : result));
    }

    private Effect put(Store store, Request request, String body) {
        var key = request.text("Key");
        var before = store.objects().get(key);
        if (!allowed(request, before)) {
            return refused(store);
        }
        // a run may write to its own folder repeatedly while it waits for another run
        boolean counts = uniqueEtags && before != null && !key.contains("run_id=");
        var object = new StoredObject(body, counts ? before.written() + 1 : 0, false);
        return new Effect(store.with(key, object), CallResult.of(written(object)));
    }

    private Effect copy(Store store, Request request) {
        var source = URLDecoder.decode(request.text("CopySource"), StandardCharsets.UTF_8);
        var from = store.objects().get(source.substring(source.indexOf('/') + 1));
        if (from == null) {
            return Effect.failed(store, MISSING, "404 " + source);
        }
        if (request.has("CopySourceIfMatch")
                && !request.text("CopySourceIfMatch").equals(from.etag())) {
            return refused(store);
        }
        var effect = put(store, request, from.body());
        if (!effect.outcome().succeeded()) {
            return effect;
        }
        var object = (ObjectNode) effect.outcome().result();
        var result = JSON.objectNode().put("VersionId", object.path("VersionId").asText());
        result.putObject("CopyObjectResult")
                .put("ETag", object.path("ETag").asText())
                .put("LastModified", RECENT);
        return new Effect(effect.store(), CallResult.of(result));
    }

    private Effect delete(Store store, Request request) {
        if (request.has("VersionId")) {
            throw new UnsupportedOperationException("deletion of one version is not modelled");
        }
        var before = store.objects().get(request.text("Key"));
        if (before != null && !allowed(request, before)) {
            return refused(store);
        }
        var result = JSON.objectNode().put("DeleteMarker", true).put("VersionId", "marker");
        return new Effect(store.without(request.text("Key")), CallResult.of(result));
    }

    private static Effect deleteAll(Store store, Request request) {
        var after = store;
        for (var object : request.arguments().at("/Delete/Objects")) {
            after = after.without(object.path("Key").asText());
        }
        return new Effect(after, CallResult.of(JSON.objectNode()));
    }

    private static Effect list(Store store, Request request) {
        var prefix = request.text("Prefix");
        var result = JSON.objectNode();
        var contents = JSON.arrayNode();
        var prefixes = new TreeSet<String>();
        store.objects().tailMap(prefix).forEach((key, object) -> {
            int end = request.has("Delimiter") ? key.indexOf(request.text("Delimiter"), prefix.length()) : -1;
            if (key.startsWith(prefix) && end >= 0) {
                prefixes.add(key.substring(0, end + request.text("Delimiter").length()));
            } else if (key.startsWith(prefix)) {
                contents.addObject()
                        .put("Key", key)
                        .put("ETag", object.etag())
                        .put("Size", object.body().length())
                        .put("LastModified", object.old() ? LONG_AGO : RECENT);
            }
        });
        result.put("IsTruncated", false).put("KeyCount", contents.size() + prefixes.size());
        if (!contents.isEmpty()) {
            result.set("Contents", contents);
        }
        if (!prefixes.isEmpty()) {
            var array = result.putArray("CommonPrefixes");
            prefixes.forEach(common -> array.addObject().put("Prefix", common));
        }
        return new Effect(store, CallResult.of(result));
    }

    private static boolean allowed(Request request, StoredObject before) {
        if (request.has("IfNoneMatch") && before != null) {
            return false;
        }
        return !request.has("IfMatch")
                || before != null && request.text("IfMatch").equals(before.etag());
    }

    /** A version id is derived from the content: nothing reads a version by its id. */
    private static ObjectNode written(StoredObject object) {
        var etag = object.etag();
        return JSON.objectNode().put("ETag", etag).put("VersionId", "version-of-" + etag.replace("\"", ""));
    }

    private static Effect refused(Store store) {
        return Effect.failed(store, REFUSED, "412 PreconditionFailed");
    }
}
