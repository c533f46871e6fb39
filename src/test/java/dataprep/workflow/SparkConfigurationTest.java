package dataprep.workflow;

import static dataprep.workflow.Shipped.INCREMENTAL;
import static dataprep.workflow.Shipped.MACHINE;
import static dataprep.workflow.Shipped.at;
import static dataprep.workflow.Shipped.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.asl.StateMachine;
import dataprep.settings.StackFiles;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkConfigurationTest {
    private static final String REGION = "spark.hadoop.fs.s3a.endpoint.region=us-east-1";
    private static final long LIMIT = 64L << 20;

    @ParameterizedTest
    @CsvSource({"0, 0, true", "67108863, 0, true", "67108864, 0, false", "40000000, 40000000, false"})
    void aRunOfFewBytesIsShort(long first, long second, boolean isShort) {
        assertEquals(isShort, isShort(MACHINE, true, 0, first, second));
        assertEquals(isShort, isShort(MACHINE, false, Long.MAX_VALUE, first, second), "no rows are merged");
    }

    @ParameterizedTest
    @CsvSource({"false, 499999, true", "false, 500000, false", "true, 500000, true"})
    void aRunThatMergesWithManyRowsIsNotShort(boolean full, long published, boolean isShort) {
        assertEquals(isShort, isShort(INCREMENTAL, full, published, 1));
    }

    @Test
    void oneSourceIsEnough() {
        assertEquals(false, isShort(MACHINE, true, 0, LIMIT));
    }

    /** How many bytes the job reads is known only then. */
    @Test
    void aRunWithADatabaseIsNotShort() {
        var sources = """
                [{"name": "orders", "uri": "jdbc:postgresql://db.example.org/shop", "database": {"table": "orders"},
                  "since": "updated", "auth": {"type": "basic", "secret": "shop"}}]""";
        var settings = StackFiles.settings(
                "dev",
                Map.of(
                        "recipe",
                        "src/test/resources/watermark-of-database.json",
                        "sampleData",
                        "",
                        "sources",
                        sources));
        assertEquals(REGION, SparkConfiguration.of(StackFiles.workflow(settings), "us-east-1"));
    }

    private static boolean isShort(StateMachine machine, boolean full, long published, long... bytes) {
        var conf = on("context", Shipped.CONTEXT)
                .variable("full", full)
                .variable("extraction", "1")
                .variable("published", Map.of("rows", published, "dataset", "s3://b/d/"))
                .variable(
                        "sources",
                        LongStream.of(bytes)
                                .mapToObj(size -> Map.of("name", "s", "bytes", size))
                                .toList())
                .template(at(machine, "/TransformData/Arguments"))
                .at("/Arguments/--conf")
                .asText();
        assertTrue(conf.startsWith(REGION), conf);
        var others = conf.substring(REGION.length());
        assertTrue(others.isEmpty() || others.startsWith(" --conf spark.sql.adaptive.enabled=false --conf "), conf);
        return !others.isEmpty();
    }
}
