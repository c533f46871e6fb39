package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.cli.changes.StackResource;
import dataprep.cli.changes.StackUpdate;
import dataprep.cli.stack.EventLog;
import dataprep.cloudformation.CfnLint;
import dataprep.cloudformation.Template;
import dataprep.iam.PolicyReview;
import dataprep.settings.PipelineSettings;
import dataprep.settings.StackFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks every resource and policy of the deployed stacks against AWS's schemas and lists. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwsSchemasIT {
    private static final Path STATE = Path.of("target", "aws-schemas-it");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVERYTHING_ON = "prod with everything on";
    private static final Map<String, PipelineSettings> STACKS = Map.of(
            "dev",
            StackFiles.settings("dev"),
            "prod",
            StackFiles.settings("prod"),
            EVERYTHING_ON,
            StackFiles.settings("prod", StackFiles.EVERYTHING_ON));

    /** False findings, each with the reason. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "logs:CreateLogStream: none of its resource types is in [*]",
            "Step Functions' guide requires it on every resource: cw-logs.html",
            "logs:PutLogEvents: none of its resource types is in [*]",
            "the same",
            "logs:DescribeLogGroups: none of its resource types is in [*]",
            "the same");

    private final Map<String, List<StackResource>> resources = new LinkedHashMap<>();
    private String region;

    @BeforeAll
    void deployEachStack() throws Exception {
        for (var stack : STACKS.entrySet()) {
            try (var aws = StackOnLocalAws.start(STATE)) {
                aws.deploy(stack.getValue());
                region = aws.endpoint().region();
                resources.put(
                        stack.getKey(), StackUpdate.of(EventLog.of(aws.stack())).after());
            }
        }
    }

    static Stream<String> stacks() {
        return STACKS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void everyResourcePassesTheSchemaOfItsType(String stack) throws Exception {
        assertEquals(List.of(), CfnLint.findings(Template.of(resources.get(stack)), region));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void everyPolicyPassesTheListsOfActionsResourceTypesAndConditionKeys(String stack) throws Exception {
        var review = new PolicyReview();
        var template = Template.of(resources.get(stack));
        var documents = template.findParents("Statement");
        assertTrue(documents.size() >= 9, "policies and trust policies: " + documents.size());
        for (var document : documents) {
            var findings = review.findings(document).stream()
                    .filter(finding -> !EXCEPTIONS.containsKey(finding))
                    .filter(finding -> !isOfKey(document, finding))
                    .toList();
            assertEquals(List.of(), findings, document.toString());
        }
    }

    /** In the policy of a key, every resource is that key. */
    private static boolean isOfKey(JsonNode document, String finding) {
        return finding.startsWith("kms:") && finding.endsWith("[*]") && document.findValue("Principal") != null;
    }

    /**
     * One problem of each kind: range, enumeration, unknown, required, pattern, length, format; and one in a nested
     * part.
     */
    private static final List<Broken> BROKEN = List.of(
            new Broken("aws:sqs/queue:Queue", "messageRetentionSeconds", "1209601", "MessageRetentionPeriod: 1209601"),
            new Broken("aws:glue/job:Job", "workerType", "'G.3X'", "WorkerType: 'G.3X'"),
            new Broken("aws:glue/job:Job", "workers", "2", "'Workers' was unexpected"),
            new Broken("aws:glue/job:Job", "command", "null", "'Command' is a required property"),
            new Broken("aws:sfn/alias:Alias", "name", "'live version'", "Name: 'live version'"),
            new Broken("aws:lambda/function:Function", "description", "'" + "x".repeat(257) + "'", "Description: "),
            new Broken("aws:lambda/function:Function", "role", "'extraction'", "Role: 'extraction'"),
            new Broken("aws:cloudwatch/eventTarget:EventTarget", "targetId", "'a b'", "Id: 'a b'"));

    /**
     * @param value as JSON with single quotes; null removes the property
     */
    private record Broken(String type, String property, String value, String finding) {

        StackResource applyTo(StackResource resource) {
            if (!resource.type().equals(type)) {
                return resource;
            }
            ObjectNode inputs = resource.inputs().deepCopy();
            if (value.equals("null")) {
                inputs.remove(property);
            } else {
                inputs.set(property, json(value.replace('\'', '"')));
            }
            return new StackResource(resource.type(), resource.name(), inputs);
        }
    }

    @Test
    void aBrokenPropertyOfEachKindIsFound() throws Exception {
        var broken = new ArrayList<StackResource>();
        for (var resource : resources.get(EVERYTHING_ON)) {
            for (var change : BROKEN) {
                resource = change.applyTo(resource);
            }
            broken.add(resource);
        }
        var findings = CfnLint.findings(Template.of(broken), region);
        for (var change : BROKEN) {
            assertTrue(
                    findings.stream().anyMatch(found -> found.contains(change.finding())),
                    change + " is not among " + String.join("\n", findings));
        }
    }

    @Test
    void anUnknownTypeIsRejected() {
        var unknown = List.of(new StackResource("aws:efs/fileSystem:FileSystem", "files", JSON.createObjectNode()));
        var refused = assertThrows(IllegalArgumentException.class, () -> Template.of(unknown));
        assertTrue(refused.getMessage().contains("aws:efs/fileSystem:FileSystem"), refused.getMessage());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
