package dataprep.components;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.RecordedStack;
import dataprep.settings.StackFiles;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TransformJobTest {
    private static final String PREFIX = "/aws-glue/jobs/data-preparation-dev/transformation";
    private static final RecordedStack STACK = RecordedStack.deploy(StackFiles.settings("dev"));

    @Test
    void theJobLogsToTheStacksOwnGroups() {
        assertEquals(PREFIX, arguments().get("--custom-logGroup-prefix"));
        for (var kind : Map.of("Output", "/output", "Errors", "/error").entrySet()) {
            var group = STACK.named("aws:cloudwatch/logGroup:LogGroup", "dataTransformation" + kind.getKey());
            assertEquals(PREFIX + kind.getValue(), group.inputs().get("name"));
            assertEquals(7.0, group.inputs().get("retentionInDays"));
        }
    }

    @Test
    void theJobHasNoArgumentsOfGlue4() {
        assertTrue(
                arguments().keySet().stream().noneMatch(name -> name.toString().contains("continuous")),
                arguments()::toString);
    }

    @Test
    void sparkIsGivenTheStacksRegion() {
        assertEquals(
                "spark.hadoop.fs.s3a.endpoint.region=eu-central-1", arguments().get("--conf"));
    }

    @Test
    void theRoleWritesToBothGroupsAndListsBothBuckets() {
        assertEquals(
                Set.of(
                        "arn:aws:cloudwatch:eu-central-1:123456789012:dataTransformationOutput:log-stream:*",
                        "arn:aws:cloudwatch:eu-central-1:123456789012:dataTransformationErrors:log-stream:*"),
                resourcesOf("logs:PutLogEvents"));
        assertEquals(Set.of("arn:aws:s3:::databucket", "arn:aws:s3:::scriptsbucket"), resourcesOf("s3:ListBucket"));
    }

    private static Map<?, ?> arguments() {
        return (Map<?, ?>) STACK.named("aws:glue/job:Job", "dataTransformationJob")
                .inputs()
                .get("defaultArguments");
    }

    private static Set<String> resourcesOf(String action) {
        return STACK.named("aws:iam/policy:Policy", "dataTransformationRolePolicy").statements().stream()
                .filter(statement -> statement.path("Action").toString().contains(action))
                .flatMap(statement -> statement.path("Resource").valueStream())
                .map(resource -> resource.asText())
                .collect(Collectors.toSet());
    }
}
