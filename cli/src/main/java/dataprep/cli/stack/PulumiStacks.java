package dataprep.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.pulumi.automation.AutomationException;
import com.pulumi.automation.LocalPulumiCommand;
import com.pulumi.automation.LocalWorkspace;
import com.pulumi.automation.LocalWorkspaceOptions;
import com.pulumi.automation.PulumiCommand;
import com.pulumi.automation.WorkspaceStack;
import dataprep.App;
import dataprep.cli.local.LocalAws;
import dataprep.pulumi.EngineChannels;
import dataprep.settings.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** The Pulumi stacks of this project: the local stack with an inline program, all others as deployed. */
public final class PulumiStacks {
    /** The name of the stack that is deployed to the local AWS; its settings: Pulumi.local.yaml, or {@link LocalSettings}. */
    public static final String LOCAL = "local";

    public static final Path PROJECT = Path.of("").toAbsolutePath();

    private PulumiStacks() {}

    /** The local stack; its program runs in this process, its state is in the local AWS's folder. */
    public static WorkspaceStack local(Path state, LocalAws.Endpoint endpoint) throws AutomationException, IOException {
        EngineChannels.register();
        var keys = new HashSet<String>();
        var environment = environment(state, endpoint);
        var log = new EventLog(command(), state.resolve("pulumi").resolve("events.json"));
        environment.putAll(log.environment());
        PulumiCommand command = log;
        var settings = LocalSettings.saved(state);
        if (settings.isPresent()) {
            command = new ConfigFileCommand(command, settings.get());
        }
        var options = LocalWorkspaceOptions.builder()
                .workDir(PROJECT)
                .environmentVariables(environment)
                .pulumiCommand(command)
                .program(ctx -> App.deploy(ctx, Configuration.of(ctx, keys)))
                .build();
        var stack = WorkspaceStack.createOrSelect(LOCAL, LocalWorkspace.create(options));
        keys.addAll(stack.getAllConfig().keySet());
        return stack;
    }

    /** A stack that `pulumi up` deployed; the backend and the credentials are the environment's. */
    public static WorkspaceStack deployed(String name) throws AutomationException {
        var options = LocalWorkspaceOptions.builder()
                .workDir(PROJECT)
                .pulumiCommand(command())
                .build();
        return WorkspaceStack.select(name, LocalWorkspace.create(options));
    }

    /** The Pulumi CLI, for stacks with outputs of any type. */
    static PulumiCommand command() throws AutomationException {
        return new ObjectOutputs(LocalPulumiCommand.create());
    }

    /**
     * Previews a stack on AWS.
     *
     * @return the engine's events
     */
    public static List<JsonNode> previewDeployed(String name) throws IOException, InterruptedException {
        return new PulumiCli(PROJECT, Map.of()).preview(name);
    }

    /** The full name of a stack: project and stack. */
    public static String qualified(String stack) throws IOException {
        return projectName() + "-" + stack;
    }

    static String projectName() throws IOException {
        var project = new ObjectMapper(new YAMLFactory())
                .readTree(PROJECT.resolve("Pulumi.yaml").toFile());
        return project.path("name").asText();
    }

    /** The environment with which an unmodified `pulumi` uses the local AWS. */
    public static Map<String, String> environment(Path state, LocalAws.Endpoint endpoint) throws IOException {
        var backend = Files.createDirectories(state.resolve("pulumi")).toAbsolutePath();
        var environment = new HashMap<String, String>();
        environment.put("PULUMI_BACKEND_URL", "file://" + backend);
        environment.put("PULUMI_CONFIG_PASSPHRASE", "");
        environment.put("PULUMI_DEBUG_PROVIDERS", "aws:" + endpoint.providerPort());
        environment.put("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true");
        environment.put("PULUMI_SKIP_UPDATE_CHECK", "true");
        environment.put("AWS_ENDPOINT_URL", endpoint.aws().toString());
        environment.put("AWS_ACCESS_KEY_ID", endpoint.accessKeyId());
        environment.put("AWS_SECRET_ACCESS_KEY", endpoint.secretAccessKey());
        environment.put("AWS_REGION", endpoint.region());
        environment.putAll(Proxies.environment(System.getenv()));
        return environment;
    }
}
