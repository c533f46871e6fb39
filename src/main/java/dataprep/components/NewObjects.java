package dataprep.components;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.workflow.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What tells EventBridge that an S3 source has a new object: one event pattern a bucket.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html">S3's events</a>
 */
final class NewObjects {
    private static final ObjectMapper JSON = new ObjectMapper();

    private NewObjects() {}

    /** The keys of the S3 sources, as event patterns match them, by their buckets. */
    static SortedMap<String, List<Object>> keysByBucket(List<Source> sources) {
        var keys = new TreeMap<String, List<Object>>();
        for (var source : sources) {
            source.s3Bucket().ifPresent(bucket -> {
                var key = source.s3Key().orElseThrow();
                keys.computeIfAbsent(bucket, none -> new ArrayList<>())
                        .add(source.isPrefix() ? Map.of("prefix", key) : key);
            });
        }
        return keys;
    }

    static String pattern(String bucket, List<Object> keys) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("bucket", Map.of("name", List.of(bucket)));
        detail.put("object", Map.of("key", keys));
        var pattern = new LinkedHashMap<String, Object>();
        pattern.put("source", List.of("aws.s3"));
        pattern.put("detail-type", List.of("Object Created"));
        pattern.put("detail", detail);
        try {
            return JSON.writeValueAsString(pattern);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("event pattern cannot be written as JSON: " + pattern, e);
        }
    }
}
