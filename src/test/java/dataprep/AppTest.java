package dataprep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.RecordedStack.Registered;
import dataprep.settings.StackFiles;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AppTest {
    private static RecordedStack stack;

    @BeforeAll
    static void deploy() {
        stack = RecordedStack.deploy(StackFiles.settings("dev"));
    }

    @Test
    void exportsWhatOthersBuildOn() {
        assertEquals(
                Set.of(
                        "state_machine_arn",
                        "live_alias_arn",
                        "state_machine_arns",
                        "datasets",
                        "data_bucket",
                        "extraction_function",
                        "transformation_job",
                        "failure_topic"),
                stack.outputs().keySet());
        assertEquals(
                "arn:aws:states:eu-central-1:123456789012:stateMachine:dataPreparationStateMachine",
                stack.output("state_machine_arn"));
    }

    @Test
    void resourcesOfATypeHaveUniqueNames() {
        var seen = new HashSet<List<String>>();
        for (var resource : stack.resources()) {
            assertTrue(seen.add(List.of(resource.type(), resource.name())), resource.type() + " " + resource.name());
        }
    }

    @Test
    void theResourcesOfTheOriginalProjectHaveTheirNames() {
        for (var typeAndName : Map.of(
                        "aws:iam/role:Role", "stepFunctionRole",
                        "aws:lambda/function:Function", "dataExtractionLambda",
                        "aws:glue/job:Job", "dataTransformationJob",
                        "aws:sfn/stateMachine:StateMachine", "dataPreparationStateMachine")
                .entrySet()) {
            stack.named(typeAndName.getKey(), typeAndName.getValue());
        }
    }

    @Test
    void eachServiceHasARoleThatItAloneMayAssume() {
        var principals = new HashSet<String>();
        for (var role : stack.ofType("aws:iam/role:Role")) {
            var statements = role.json("assumeRolePolicy").path("Statement");
            assertEquals(1, statements.size());
            assertEquals("[\"sts:AssumeRole\"]", statements.at("/0/Action").toString());
            assertEquals(1, statements.at("/0/Principal/Service").size());
            principals.add(statements.at("/0/Principal/Service/0").asText());
        }
        assertEquals(Set.of("lambda.amazonaws.com", "glue.amazonaws.com", "states.amazonaws.com"), principals);
    }

    @Test
    void stepFunctionsAssumesItsRoleForThisAccountOnly() {
        var trust = stack.named("aws:iam/role:Role", "stepFunctionRole").json("assumeRolePolicy");
        assertEquals(
                RecordedStack.ACCOUNT,
                trust.at("/Statement/0/Condition/StringEquals/aws:SourceAccount/0")
                        .asText());
    }

    @Test
    void everyRoleHasOneCustomerManagedPolicyAttached() {
        var attachments = stack.ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
        assertEquals(4, attachments.size());
        for (var attachment : attachments) {
            assertTrue(attachment.inputs().get("policyArn").toString().contains(RecordedStack.ACCOUNT));
        }
    }

    @Test
    void noPolicyHasAWildcardActionOrAnUndocumentedWildcardResource() {
        var unscoped = Set.of("logs", "xray");
        for (var policy : stack.ofType("aws:iam/policy:Policy")) {
            for (var statement : policy.json("policy").path("Statement")) {
                for (var action : statement.path("Action")) {
                    assertFalse(action.asText().contains("*"), () -> policy.name() + " " + action);
                    if (statement.path("Resource").toString().contains("\"*\"")) {
                        assertTrue(
                                unscoped.contains(action.asText().split(":")[0]), () -> policy.name() + " " + action);
                    }
                }
            }
        }
    }

    @Test
    void everyBucketIsPrivateEncryptedVersionedAndReachedOverTlsOnly() {
        var buckets = stack.ofType("aws:s3/bucketV2:BucketV2").stream()
                .map(Registered::name)
                .toList();
        assertEquals(Set.of("dataBucket", "scriptsBucket"), Set.copyOf(buckets));
        for (var bucket : buckets) {
            var access =
                    stack.named("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", bucket + "PublicAccessBlock");
            for (var block :
                    List.of("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")) {
                assertEquals(true, access.inputs().get(block), bucket + " " + block);
            }
            var policy = stack.named("aws:s3/bucketPolicy:BucketPolicy", bucket + "Policy")
                    .json("policy");
            assertEquals("Deny", policy.at("/Statement/0/Effect").asText());
            assertEquals("*", policy.at("/Statement/0/Principal").asText());
            assertEquals(
                    "false",
                    policy.at("/Statement/0/Condition/Bool/aws:SecureTransport/0")
                            .asText());
            assertInput("aws:s3/bucketVersioningV2:BucketVersioningV2", bucket + "Versioning", "Enabled");
            assertInput(
                    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
                    bucket + "OwnershipControls",
                    "BucketOwnerEnforced");
            assertInput(
                    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
                    bucket + "Encryption",
                    "AES256");
        }
    }

    @Test
    void eachPrefixOfTheDataBucketExpiresWhenTheSettingsSay() {
        var rules = stack.named(
                        "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2", "dataBucketLifecycle")
                .inputs()
                .get("rules")
                .toString();
        for (var rule : List.of("raw", "quarantine", "reports", "lineage", "superseded")) {
            assertTrue(rules.contains("id=" + rule), rules);
        }
    }

    @Test
    void nothingOfADeletedObjectStaysInABucketForEver() {
        var lifecycles = stack.ofType("aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2");
        assertEquals(2, lifecycles.size());
        for (var lifecycle : lifecycles) {
            var rules = (List<?>) lifecycle.inputs().get("rules");
            var everything = (Map<?, ?>) rules.get(0);
            assertEquals(Map.of("prefix", ""), everything.get("filter"));
            assertEquals(Map.of("expiredObjectDeleteMarker", true), everything.get("expiration"));
            assertEquals(Map.of("noncurrentDays", 30.0), everything.get("noncurrentVersionExpiration"));
            assertEquals(Map.of("daysAfterInitiation", 2.0), everything.get("abortIncompleteMultipartUpload"));
        }
    }

    @Test
    void theFunctionIsTheOneThatTheLocalAwsRunsToo() {
        var function = stack.named("aws:lambda/function:Function", "dataExtractionLambda")
                .inputs();
        assertEquals("python3.13", function.get("runtime"));
        assertEquals(List.of("arm64"), function.get("architectures"));
        assertEquals("handler.handler", function.get("handler"));
    }

    @Test
    void theJobRetriesNothingByItselfBecauseTheWorkflowDoes() {
        var job = stack.named("aws:glue/job:Job", "dataTransformationJob").inputs();
        assertEquals("6.0", job.get("glueVersion"));
        assertEquals(0.0, ((Number) job.get("maxRetries")).doubleValue());
        assertEquals(2.0, ((Number) job.get("numberOfWorkers")).doubleValue());
    }

    @Test
    void aFlexJobRunsOnSpareCapacity() {
        var job = RecordedStack.deploy(StackFiles.settings("dev", Map.of("flexExecution", "true")))
                .named("aws:glue/job:Job", "dataTransformationJob");
        assertEquals("FLEX", job.inputs().get("executionClass"));
        assertEquals(
                "STANDARD",
                stack.named("aws:glue/job:Job", "dataTransformationJob")
                        .inputs()
                        .get("executionClass"));
    }

    @Test
    void theDefinitionIsBuiltFromResolvedNames() {
        var definition = stack.named("aws:sfn/stateMachine:StateMachine", "dataPreparationStateMachine")
                .json("definition");
        assertEquals(
                "arn:aws:lambda:eu-central-1:123456789012:dataExtractionLambda",
                definition
                        .at("/States/ExtractData/ItemProcessor/States/ExtractSource/Arguments/FunctionName")
                        .asText());
        assertEquals(
                "dataTransformationJob",
                definition.at("/States/TransformData/Arguments/JobName").asText());
        assertFalse(definition.toString().contains("com.pulumi"), definition.toString());
        assertFalse(definition.toString().contains("{dataBucket}"), definition.toString());
    }

    @Test
    void theStateMachineLogsEverythingAndIsTraced() {
        var machine = stack.named("aws:sfn/stateMachine:StateMachine", "dataPreparationStateMachine")
                .inputs();
        assertTrue(machine.get("loggingConfiguration").toString().contains("level=ALL"));
        assertTrue(machine.get("tracingConfiguration").toString().contains("enabled=true"));
    }

    @Test
    void theStateMachinesRoleMayDoWhatItsTasksNeedAndNoMore() {
        var actions = actions(
                stack.named("aws:iam/policy:Policy", "stepFunctionRolePolicy").json("policy"));
        actions.removeIf(action -> action.startsWith("logs:") || action.startsWith("xray:"));
        assertEquals(
                Set.of(
                        "lambda:InvokeFunction",
                        "glue:StartJobRun",
                        "glue:GetJobRun",
                        "glue:GetJobRuns",
                        "glue:BatchStopJobRun",
                        "glue:UpdateTable",
                        "s3:DeleteObject",
                        "s3:GetObject",
                        "s3:ListBucket",
                        "s3:PutObject",
                        "sns:Publish",
                        "states:DescribeExecution",
                        "states:ListExecutions",
                        "glue:GetTable"),
                actions);
    }

    @Test
    void anEmailAddressIsSubscribedToFailures() {
        var settings = StackFiles.settings("dev", Map.of("alertEmail", "team@example.org"));
        var subscription = RecordedStack.deploy(settings)
                .named("aws:sns/topicSubscription:TopicSubscription", "failureEmail")
                .inputs();
        assertEquals("team@example.org", subscription.get("endpoint"));
        assertEquals(List.of(), stack.ofType("aws:sns/topicSubscription:TopicSubscription"));
    }

    private static void assertInput(String type, String name, String expected) {
        assertTrue(stack.named(type, name).inputs().toString().contains(expected), type + " " + name);
    }

    private static Set<String> actions(JsonNode policy) {
        var actions = new HashSet<String>();
        StreamSupport.stream(policy.path("Statement").spliterator(), false)
                .forEach(statement -> statement.path("Action").forEach(action -> actions.add(action.asText())));
        return actions;
    }
}
