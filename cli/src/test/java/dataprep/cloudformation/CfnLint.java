package dataprep.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** cfn-lint, which has AWS's resource schemas. */
public final class CfnLint {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CfnLint() {}

    /** The errors and warnings about a template, each with the path of the property. */
    public static List<String> findings(JsonNode template, String region) throws IOException, InterruptedException {
        var file = Files.createTempFile("template", ".json");
        try {
            JSON.writeValue(file.toFile(), template);
            var process = new ProcessBuilder(
                            ".cache/python/bin/cfn-lint",
                            "--format",
                            "json",
                            "--regions",
                            region,
                            "--",
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            var findings = JSON.readTree(process.getInputStream());
            process.waitFor();
            return findings.valueStream()
                    .map(finding -> "%s %s: %s"
                            .formatted(
                                    finding.at("/Rule/Id").asText(),
                                    path(finding.at("/Location/Path")),
                                    finding.path("Message").asText()))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    private static String path(JsonNode keys) {
        return String.join("/", keys.valueStream().map(JsonNode::asText).toList());
    }
}
