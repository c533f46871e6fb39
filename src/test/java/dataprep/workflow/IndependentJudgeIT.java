package dataprep.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.asl.StateMachine;
import dataprep.settings.StackFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The findings of independent validators on the definition. */
class IndependentJudgeIT {
    private static final String EXPRESSION = """
            {"QueryLanguage": "JSONata", "StartAt": "Only", "States": {
              "Only": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
                       "Arguments": "{%% $merge([{'Bucket': 'b'},%s{'Key': 'k'}]) %%}", "%s": %s}
            }}""";

    @TempDir
    private Path folder;

    static Stream<Arguments> definitions() {
        var everythingOn = DataPreparationWorkflow.define(
                StackFiles.workflow(StackFiles.settings("prod", StackFiles.EVERYTHING_ON)),
                ResourceNames.placeholders());
        return List.of(Shipped.MACHINE, Shipped.INCREMENTAL, everythingOn).stream()
                .flatMap(machine -> Stream.of(DefinitionValidator.values()).map(judge -> Arguments.of(judge, machine)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("definitions")
    void everyValidatorAcceptsTheResolvedDefinition(DefinitionValidator validator, StateMachine machine)
            throws Exception {
        assertEquals(List.of(), validator.findings(machine.toJson(), folder));
    }

    @ParameterizedTest
    @EnumSource(names = {"STATELINT", "ASL_VALIDATOR"})
    void aTransitionToAMissingStateIsRejected(DefinitionValidator validator) throws Exception {
        assertEquals(List.of(), validator.findings(EXPRESSION.formatted(" ", "End", "true"), folder));
        var findings = validator.findings(EXPRESSION.formatted(" ", "Next", "\"Missing\""), folder);
        assertTrue(findings.toString().contains("Missing"), findings.toString());
    }

    /** The reason why {@link StateMachine#toJson} writes each expression on one line. */
    @ParameterizedTest
    @EnumSource(names = {"STATELINT", "ASL_VALIDATOR"})
    void theValidatorsDoNotRecogniseAnExpressionOfTwoLines(DefinitionValidator validator) throws Exception {
        assertNotEquals(List.of(), validator.findings(EXPRESSION.formatted("\\n", "End", "true"), folder));
    }

    /**
     * The definition that this project began with: a resource that is not an integration, and a state without a
     * transition.
     */
    @Test
    void cfnLintRefusesTheDefinitionThatThisProjectBeganWith() throws Exception {
        var findings = DefinitionValidator.CFN_LINT.findings("""
                {"StartAt": "ExtractData", "States": {
                  "ExtractData": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Next": "TransformData"},
                  "TransformData": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "j"}, "Next": "LoadData"},
                  "LoadData": {"Type": "Task", "Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "b", "Key": "k", "Body.$": "$.result"}, "End": true}
                }}""", folder);
        assertTrue(findings.toString().contains("LoadData"), findings.toString());
    }
}
