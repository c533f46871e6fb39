package dataprep.components;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dataprep.settings.PipelineSettings;
import dataprep.settings.StackFiles;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExtractFunctionTest {
    private static final String RAW = "arn:aws:s3:::data/raw/*";

    @Test
    void whatEarlierRunsHaveTakenIsReadOfAnIncrementalSourceOnly() {
        var incremental = StackFiles.settings(
                "dev",
                Map.of(
                        "recipe",
                        "src/test/resources/incremental.json",
                        "sources",
                        "[{\"name\": \"orders\", \"uri\": \"s3://{dataBucket}/landing/orders/\"}]"));
        assertEquals(1, readingRaw(incremental));
        assertEquals(0, readingRaw(StackFiles.settings("dev")));
    }

    private static long readingRaw(PipelineSettings settings) {
        var target = new AwsTarget("aws", "eu-west-1", "123456789012");
        return ExtractFunction.permissions(settings, settings.sources(), target, "data", "arn:aws:logs:r:a:log-group:g")
                .stream()
                .filter(statement -> statement.actions().contains("s3:GetObject")
                        && statement.resources().contains(RAW))
                .count();
    }
}
