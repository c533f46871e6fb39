package dataprep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.iam.PolicyDocument;
import dataprep.lake.LakePaths;
import dataprep.settings.PipelineSettings;
import dataprep.settings.StackFiles;
import dataprep.workflow.DataPreparationWorkflow;
import dataprep.workflow.ResourceNames;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state machine's role has exactly the permissions of the deployed definition's tasks. */
class StepFunctionsRoleTest {
    /** The permissions for logs and X-Ray, and for the key of the data: see EncryptionTest. */
    private static final Set<String> DELIVERIES = Set.of("kms", "logs", "xray");

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod", "local"})
    void itMayDoWhatItsTasksNeedAndNothingElse(String stackFile) throws IOException {
        var settings = StackFiles.settings(stackFile);
        var stack = RecordedStack.deploy(settings);
        var deployed =
                stack.named("aws:iam/policy:Policy", "stepFunctionRolePolicy").json("policy");
        var tasks = DataPreparationWorkflow.define(StackFiles.workflow(settings), resources(settings, stack))
                .permissions();
        var needed = new ObjectMapper().readTree(PolicyDocument.of(tasks).toJson());
        assertEquals(permissions(needed), permissions(deployed));
    }

    private static ResourceNames resources(PipelineSettings settings, RecordedStack stack) {
        return new ResourceNames(
                "aws",
                "eu-central-1",
                RecordedStack.ACCOUNT,
                settings.name(),
                stack.output("data_bucket").toString(),
                LakePaths.ROOT,
                stack.named("aws:sfn/stateMachine:StateMachine", "dataPreparationStateMachine")
                        .json("definition")
                        .at("/States/ExtractData/ItemProcessor/States/ExtractSource/Arguments/FunctionName")
                        .asText(),
                stack.output("transformation_job").toString(),
                "",
                settings.name().replace('-', '_'),
                StackFiles.onlyDataset(settings).name(),
                stack.output("failure_topic").toString());
    }

    /** Each action on each resource with its conditions, independent of the grouping in statements. */
    private static Set<String> permissions(JsonNode policy) {
        var found = new TreeSet<String>();
        for (var statement : policy.path("Statement")) {
            for (var action : statement.path("Action")) {
                if (!DELIVERIES.contains(action.asText().split(":")[0])) {
                    statement
                            .path("Resource")
                            .forEach(resource -> found.add(
                                    "%s on %s if %s".formatted(action, resource, statement.path("Condition"))));
                }
            }
        }
        return found;
    }
}
