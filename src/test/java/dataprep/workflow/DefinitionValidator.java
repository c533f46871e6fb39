package dataprep.workflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The validators of state machine definitions that editors and other people's pipelines run. */
enum DefinitionValidator {
    /** It knows AWS's own schema of a state machine, inside a CloudFormation template. */
    CFN_LINT(List.of(".cache/python/bin/cfn-lint", "--include-checks", "E", "--")) {
        @Override
        Object document(String definition) {
            var properties = Map.of("RoleArn", "arn:aws:iam::123456789012:role/r", "DefinitionString", definition);
            var resource = Map.of("Type", "AWS::StepFunctions::StateMachine", "Properties", properties);
            return Map.of("Resources", Map.of("Machine", resource));
        }
    },
    STATELINT(List.of(".cache/python/bin/statelint")),
    ASL_VALIDATOR(List.of(
            "node", ".cache/asl-validator/node_modules/asl-validator/dist/bin/asl-validator.js", "--json-path"));

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> command;

    /** The exit code is 0 for a definition without findings. */
    record Verdict(int exitCode, String findings) {}

    DefinitionValidator(List<String> command) {
        this.command = command;
    }

    /** @param folder where the file that the validator reads is written */
    Verdict validate(String definition, Path folder) throws IOException, InterruptedException {
        var file = folder.resolve("definition.json");
        JSON.writeValue(file.toFile(), document(definition));
        var arguments = new ArrayList<>(command);
        arguments.add(file.toString());
        var process = new ProcessBuilder(arguments).redirectErrorStream(true).start();
        var findings = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Verdict(process.waitFor(), findings);
    }

    Object document(String definition) throws IOException {
        return JSON.readTree(definition);
    }
}
