package dataprep.components;

import dataprep.settings.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The event patterns for new objects of S3 sources, one for each bucket.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html">S3's events</a>
 */
final class S3ObjectEvents {
    private S3ObjectEvents() {}

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
        return EventPattern.of("aws.s3", "Object Created")
                .where("bucket", Map.of("name", List.of(bucket)))
                .where("object", Map.of("key", keys))
                .toJson();
    }
}
