package dataprep.workflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The common validators of state machine definitions. */
enum DefinitionValidator {
    /** cfn-lint checks AWS's schema of a state machine inside a CloudFormation template. */
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

    /** The first line of statelint's and asl-validator's output. */
    private static final Pattern HEADING =
            Pattern.compile("(One|\\d+) errors?:|✕ State machine definition .* is invalid:");

    /** False findings, each with the reason. */
    private static final Map<Pattern, String> EXCEPTIONS = Map.of(
            Pattern.compile("\\.(Seconds|Timestamp) is \"\\{%.*%}\" but should be an (Integer|RFC3339 timestamp)"),
            "with JSONata, both fields of a Wait can be expressions: state-wait.html; statelint rejects them");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> command;

    DefinitionValidator(List<String> command) {
        this.command = command;
    }

    /**
     * The findings on a definition, one on each line.
     *
     * @param folder for the validator's input file
     */
    List<String> findings(String definition, Path folder) throws IOException, InterruptedException {
        var file = folder.resolve("definition.json");
        JSON.writeValue(file.toFile(), document(definition));
        var arguments = new ArrayList<>(command);
        arguments.add(file.toString());
        var process = new ProcessBuilder(arguments).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() == 0) {
            return List.of();
        }
        return output.lines()
                .filter(line -> !line.isBlank() && !HEADING.matcher(line).matches())
                .filter(line -> EXCEPTIONS.keySet().stream()
                        .noneMatch(exception -> exception.matcher(line).find()))
                .toList();
    }

    Object document(String definition) throws IOException {
        return JSON.readTree(definition);
    }
}
