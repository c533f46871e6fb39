package dataprep.cli.command;

import dataprep.cli.changes.ChangeComment;
import dataprep.cli.changes.StackUpdate;
import dataprep.cli.exit.CommandFailure;
import dataprep.cli.exit.ExitCodes;
import dataprep.cli.stack.BaseRevision;
import dataprep.cli.stack.EphemeralStack;
import dataprep.cli.stack.PulumiStacks;
import dataprep.workflow.DataPreparationWorkflow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "preview",
        description = {
            "Says what a change does: resources, states of the workflow, permissions, cost; as Markdown.",
            "The base is deployed to a local AWS that nobody sees, and this revision is previewed against it: no account"
                    + " and no credentials are needed. With --deployed, the stack is previewed against AWS."
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  dataprep preview                                against the branch main, with the local stack's settings",
            "  dataprep preview --base HEAD~1 -s prod          what the last commit changes in production",
            "  dataprep preview -s prod --deployed             what `pulumi up -s prod` would do; needs an account",
            "  dataprep preview --output target/comment.md     for a pull request"
        })
public final class PreviewCommand implements Callable<Integer> {
    @Option(
            names = {"-s", "--stack"},
            defaultValue = PulumiStacks.LOCAL,
            paramLabel = "STACK",
            description = "whose settings (${DEFAULT-VALUE})")
    private String stack;

    @Option(
            names = "--base",
            defaultValue = "main",
            paramLabel = "REVISION",
            description = "what to compare with (${DEFAULT-VALUE})")
    private String base;

    @Option(names = "--deployed", description = "compare with what is deployed on AWS instead of a revision")
    private boolean deployed;

    @Option(names = "--output", paramLabel = "FILE", description = "write there instead of to standard output")
    private Path output;

    @Override
    public Integer call() throws Exception {
        var update = deployed ? againstAws() : againstBase();
        if (output == null) {
            System.out.print(update.comment());
        } else {
            Files.createDirectories(output.toAbsolutePath().getParent());
            Files.writeString(output, update.comment());
        }
        return update.failed() ? ExitCodes.RUN_FAILED : ExitCodes.OK;
    }

    private record Result(String comment, boolean failed) {}

    private Result againstBase() throws Exception {
        try (var revision = BaseRevision.of(PulumiStacks.PROJECT, base);
                var rehearsal = EphemeralStack.of(stack)) {
            System.err.printf("deploying %s, the base, to a local AWS%n", revision.shortCommit());
            var words = "`%s`, deployed to a local AWS".formatted(revision.shortCommit());
            try {
                rehearsal.deploy(revision.folder());
            } catch (CommandFailure e) {
                System.err.println(e.getMessage());
                words = "nothing: `%s` cannot be deployed".formatted(revision.shortCommit());
            }
            System.err.println("previewing this revision");
            var preview = rehearsal.preview();
            var up = preview.errors().isEmpty() ? rehearsal.up() : preview;
            return result(stack, words, preview, up);
        }
    }

    private Result againstAws() throws Exception {
        var preview = StackUpdate.of(PulumiStacks.previewDeployed(stack));
        return result(stack + ".deployed", "what is deployed on AWS", preview, preview);
    }

    private static Result result(String name, String words, StackUpdate preview, StackUpdate up) {
        var failed = !preview.errors().isEmpty() || !up.errors().isEmpty();
        return new Result(
                ChangeComment.of(
                        name,
                        words,
                        preview,
                        up,
                        DataPreparationWorkflow.withPlaceholders().toMermaid()),
                failed);
    }
}
