package dataprep.cli.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.pulumi.automation.AutomationException;
import com.pulumi.automation.LocalWorkspace;
import com.pulumi.automation.LocalWorkspaceOptions;
import com.pulumi.automation.WorkspaceStack;
import dataprep.App;
import dataprep.cli.changes.ChangeComment;
import dataprep.cli.changes.StackUpdate;
import dataprep.cli.cost.StackCost;
import dataprep.cli.exit.CommandFailure;
import dataprep.cli.local.LocalAws;
import dataprep.settings.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A temporary stack on its own local AWS, for previews and estimates without an account.
 *
 * <p>The engine works in a folder with links to the project, so that its changes of a stack's file do not change the
 * project's file.
 */
public final class EphemeralStack implements AutoCloseable {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    /** Ignores the secrets provider of the stack's own backend. */
    private static final List<String> SECRETS = List.of("encryptionsalt", "encryptedkey", "secretsprovider");

    /** The settings whose values are secret texts. */
    private static final Set<String> TEXTS = Set.of("alertWebhook", "hashKey", "lineageEndpoint");

    /** Is an https address, and long enough for a key. */
    private static final String PLACEHOLDER = "https://placeholder.invalid/of-an-encrypted-setting";

    private final Path folder;
    private final LocalAws aws;
    private final String stack;

    private EphemeralStack(Path folder, LocalAws aws, String stack) {
        this.folder = folder;
        this.aws = aws;
        this.stack = stack;
    }

    /**
     * @throws CommandFailure if the project has no file for the stack
     */
    public static EphemeralStack of(String stack) throws IOException {
        if (!Files.exists(settings(PulumiStacks.PROJECT, stack))) {
            throw CommandFailure.usage("stack '%s' has no file %s".formatted(stack, settings(Path.of(""), stack)));
        }
        var folder = Files.createTempDirectory("dataprep-");
        return new EphemeralStack(folder, LocalAws.start(folder.resolve("aws")), stack);
    }

    /**
     * Deploys another revision of the program with the `pulumi` binary, which builds and starts it.
     *
     * @param project a temporary folder with the revision
     * @throws CommandFailure with the engine's errors
     */
    public void deploy(Path project) throws IOException, InterruptedException {
        withoutSecrets(settings(project, stack));
        var pulumi = new PulumiCli(project, environment());
        pulumi.run("stack", "init", stack);
        pulumi.run("up", "--yes", "--skip-preview", "--stack", stack);
    }

    /** Previews this revision against the deployed stack. */
    public StackUpdate preview() throws IOException, InterruptedException {
        return StackUpdate.of(new PulumiCli(view(), environment()).preview(stack));
    }

    /** Deploys this revision, which resolves the outputs that a preview does not know. */
    public StackUpdate up() throws AutomationException, IOException {
        try {
            workspace().up();
        } catch (AutomationException e) {
            var update = StackUpdate.of(EventLog.read(events()));
            if (update.errors().isEmpty()) {
                throw e;
            }
            return update;
        }
        return StackUpdate.of(EventLog.read(events()));
    }

    private Path events() {
        return folder.resolve("events.json");
    }

    /**
     * Deploys this revision and returns its resources for the cost estimate.
     *
     * @throws CommandFailure with the engine's errors
     */
    public List<StackCost.Resource> deployed() throws AutomationException, IOException {
        var update = up();
        if (!update.errors().isEmpty()) {
            throw CommandFailure.failed(String.join("\n", update.errors()));
        }
        return ChangeComment.resources(update.after());
    }

    @Override
    public void close() throws IOException {
        aws.close();
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private WorkspaceStack workspace() throws AutomationException, IOException {
        var keys = new HashSet<String>();
        var log = new EventLog(PulumiStacks.command(), events());
        var environment = environment();
        environment.putAll(log.environment());
        var options = LocalWorkspaceOptions.builder()
                .workDir(view())
                .environmentVariables(environment)
                .pulumiCommand(log)
                .program(ctx -> App.deploy(ctx, Configuration.of(ctx, keys)))
                .build();
        var workspace = WorkspaceStack.createOrSelect(stack, LocalWorkspace.create(options));
        keys.addAll(workspace.getAllConfig().keySet());
        return workspace;
    }

    /** Links the project's files, except the stack's file, which is copied. */
    private Path view() throws IOException {
        var view = folder.resolve("project");
        if (Files.exists(view)) {
            return view;
        }
        Files.createDirectory(view);
        try (var entries = Files.list(PulumiStacks.PROJECT)) {
            for (var entry : entries.toList()) {
                Files.createSymbolicLink(view.resolve(entry.getFileName()), entry);
            }
        }
        var copy = settings(view, stack);
        Files.delete(copy);
        Files.copy(settings(PulumiStacks.PROJECT, stack), copy);
        withoutSecrets(copy);
        return view;
    }

    /**
     * Replaces encrypted settings, which only the stack's own backend can decrypt, by a text that has the form of each
     * secret setting; omits encrypted settings of other namespaces and lists.
     */
    static void withoutSecrets(Path settings) throws IOException {
        var content = (ObjectNode) YAML.readTree(settings.toFile());
        content.path("config").properties().removeIf(setting -> {
            if (!setting.getValue().has("secure")) {
                return false;
            }
            var isText = TEXTS.contains(setting.getKey().replaceFirst("^.*:", ""));
            if (isText) {
                setting.setValue(TextNode.valueOf(PLACEHOLDER));
            }
            return !isText;
        });
        YAML.writeValue(settings.toFile(), content.remove(SECRETS));
    }

    private static Path settings(Path project, String stack) {
        return project.resolve("Pulumi.%s.yaml".formatted(stack));
    }

    private Map<String, String> environment() throws IOException {
        return PulumiStacks.environment(folder.resolve("aws"), aws.endpoint());
    }
}
