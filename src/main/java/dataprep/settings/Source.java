package dataprep.settings;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dataprep.lake.LakePaths;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One data source: its name in the recipe and the URI to extract. Parts that are not set are null.
 *
 * @param auth the credentials of a source on https or in a database
 * @param paging how an https API returns its records in pages
 * @param database what to read of a database
 * @param since of an incremental recipe with a watermark: the query parameter, or the column of a database, by which
 *     the source returns only rows from the published watermark on
 */
public record Source(
        @JsonProperty("name") String name,
        @JsonProperty("uri") String uri,
        @JsonProperty("auth") SourceAuth auth,
        @JsonProperty("paging") SourcePaging paging,
        @JsonProperty("database") SourceDatabase database,
        @JsonProperty("since") String since) {
    /** The placeholder in a URI for the stack's own data bucket, whose name is known only after the deployment. */
    public static final String DATA_BUCKET = "{dataBucket}";

    /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
    private static final int MOST_KEY_BYTES = 1_024;

    private static final Pattern DATASET = Pattern.compile(LakePaths.DATASET_SCHEME + "(?<name>[a-z][a-z0-9_]{0,127})");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");
    private static final Pattern S3 =
            Pattern.compile("s3://(?<bucket>\\{dataBucket}|[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(?<key>\\S+)");

    /** The object's key, or a prefix ending in a slash; empty for an https source. */
    public Optional<String> s3Key() {
        return s3Group("key");
    }

    /** The bucket's name, {@link #DATA_BUCKET} for the stack's own; empty for an https source. */
    public Optional<String> s3Bucket() {
        return s3Group("bucket");
    }

    @JsonIgnore
    public boolean isPrefix() {
        return s3Key().filter(key -> key.endsWith("/")).isPresent();
    }

    /** The name of the data set of this stack that the source reads; empty for another source. */
    public Optional<String> upstream() {
        var match = DATASET.matcher(uri == null ? "" : uri);
        return match.matches() ? Optional.of(match.group("name")) : Optional.empty();
    }

    /** The query of an https address, which may be a secret; empty if there is none. */
    public Optional<String> query() {
        return s3Key().isPresent()
                ? Optional.empty()
                : Optional.of(uri.indexOf('?')).filter(mark -> mark >= 0).map(mark -> uri.substring(mark + 1));
    }

    public Optional<SourceAuth> credentials() {
        return Optional.ofNullable(auth);
    }

    /** The source for logs and histories: without the query of its address. */
    public Source shown() {
        return query().map(query -> at(uri.substring(0, uri.indexOf('?')))).orElse(this);
    }

    public Source in(String dataBucket) {
        return at(uri.replace(DATA_BUCKET, dataBucket));
    }

    private Source at(String address) {
        return new Source(name, address, auth, paging, database, since);
    }

    /** A source with nothing but its address. */
    public static Source of(String name, String uri) {
        return new Source(name, uri, null, null, null, null);
    }

    /** What kind of source it is, as people call it. */
    public String kind() {
        if (upstream().isPresent()) {
            return "data set";
        }
        if (s3Key().isPresent()) {
            return isPrefix() ? "S3 prefix" : "S3 object";
        }
        if (isDatabase()) {
            var system = jdbcAddress().orElseThrow().system().equals("mysql") ? "MySQL" : "PostgreSQL";
            return system + (database.table() == null ? " query" : " table " + database.table());
        }
        return paging == null ? "https file" : "paged API (%s)".formatted(paging.type());
    }

    public boolean hasValidName() {
        return name != null && NAME.matcher(name).matches();
    }

    public boolean hasValidUri() {
        return uri != null && (isS3() || isHttps() || isDatabase() || upstream().isPresent());
    }

    /** Whether the job reads the source from a database. */
    @JsonIgnore
    public boolean isDatabase() {
        return jdbcAddress().isPresent();
    }

    /** The address of the database; empty for another source. */
    public Optional<JdbcAddress> jdbcAddress() {
        return JdbcAddress.parse(uri);
    }

    /** Whether the source returns only rows from the published watermark on. */
    @JsonIgnore
    public boolean isSince() {
        return since != null;
    }

    private boolean isS3() {
        return s3Key().filter(key -> key.getBytes(StandardCharsets.UTF_8).length <= MOST_KEY_BYTES)
                .isPresent();
    }

    boolean isHttps() {
        return uri != null
                && HttpsAddress.parse(uri)
                        .filter(address -> address.getUserInfo() == null)
                        .isPresent();
    }

    private Optional<String> s3Group(String group) {
        var match = S3.matcher(uri == null ? "" : uri);
        return match.matches() ? Optional.of(match.group(group)) : Optional.empty();
    }
}
