package dataprep.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.Context;
import com.pulumi.asset.AssetArchive;
import com.pulumi.asset.StringAsset;
import com.pulumi.automation.AutomationException;
import com.pulumi.automation.LocalWorkspace;
import com.pulumi.automation.LocalWorkspaceOptions;
import com.pulumi.automation.WorkspaceStack;
import com.pulumi.aws.iam.Role;
import com.pulumi.aws.iam.RoleArgs;
import com.pulumi.aws.lambda.Function;
import com.pulumi.aws.lambda.FunctionArgs;
import com.pulumi.core.Either;
import dataprep.iam.PolicyDocument;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** Only the service in a role's trust policy can use the role, here as on AWS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrustIT {
    private static final String STATES =
            PolicyDocument.trust("states.amazonaws.com").toJson();
    private static final String LAMBDA =
            PolicyDocument.trust("lambda.amazonaws.com").toJson();

    @TempDir
    private Path project;

    private LocalPipeline pipeline;

    @BeforeAll
    void deploy() throws Exception {
        pipeline = LocalPipeline.shared();
    }

    /** The original error of this project: the function has the state machine's role. */
    @Test
    void aRoleOfAnotherServiceFailsAtDeploy() throws Exception {
        var refusal = failureOfDeploying(TrustIT::oneRoleForAll);
        assertTrue(refusal.contains("The role defined for the function cannot be assumed by Lambda"), refusal);
    }

    @Test
    void aRoleOfAnotherServiceFailsAtTheJobsFirstUse() throws Exception {
        var end = withTrust("dataTransformationRole", LAMBDA, pipeline::run);
        assertEquals(ExecutionStatus.FAILED, end.status());
        assertEquals("TransformDataFailed", end.error());
        assertTrue(end.cause().contains("does not trust glue.amazonaws.com"), end.cause());
        assertEquals(ExecutionStatus.SUCCEEDED, pipeline.run().status());
    }

    @Test
    void aRoleOfAnotherServiceIsRejectedForTheStateMachine() throws Exception {
        var refusal = withTrust(
                "stepFunctionRole",
                LAMBDA,
                () -> assertThrows(SfnException.class, pipeline.machine::defineWithItsRole));
        assertTrue(refusal.getMessage().contains("authorized to assume the provided role"), refusal.getMessage());
    }

    private static void oneRoleForAll(Context ctx) {
        var role = new Role(
                "stepFunctionRole", RoleArgs.builder().assumeRolePolicy(STATES).build());
        new Function(
                "dataExtractionLambda",
                FunctionArgs.builder()
                        .runtime(Either.ofLeft("python3.13"))
                        .handler("handler.handler")
                        .code(new AssetArchive(
                                Map.of("handler.py", new StringAsset("def handler(event, context): pass"))))
                        .role(role.arn())
                        .build());
    }

    /** Runs an action while a role has another trust policy. */
    private <T> T withTrust(String role, String policy, LocalPipeline.Work<T> work) throws Exception {
        var found = pipeline.aws.iam.listRolesPaginator().roles().stream()
                .filter(one -> one.roleName().startsWith(role))
                .findFirst()
                .orElseThrow();
        var before = URLDecoder.decode(found.assumeRolePolicyDocument(), StandardCharsets.UTF_8);
        pipeline.aws.iam.updateAssumeRolePolicy(
                request -> request.roleName(found.roleName()).policyDocument(policy));
        try {
            return work.run();
        } finally {
            pipeline.aws.iam.updateAssumeRolePolicy(
                    request -> request.roleName(found.roleName()).policyDocument(before));
        }
    }

    /** The engine's errors when a separate project fails to deploy. */
    private String failureOfDeploying(Consumer<Context> program) throws Exception {
        Files.writeString(project.resolve("Pulumi.yaml"), "name: one-role\nruntime: java\n");
        var options = LocalWorkspaceOptions.builder()
                .workDir(project)
                .environmentVariables(pipeline.environment())
                .program(program)
                .build();
        var other = WorkspaceStack.createOrSelect("other", LocalWorkspace.create(options));
        try {
            return assertThrows(AutomationException.class, other::up).getMessage();
        } finally {
            // its role has a name that other tests search for
            other.destroy();
        }
    }
}
