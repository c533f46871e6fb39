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
            "Describes the effect of a change as Markdown: resources, states of the workflow, permissions and cost.",
            "Deploys the base to a temporary local AWS and previews this revision against it. Needs no AWS account"
                    + " and no credentials. With --deployed, previews the stack against AWS."
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
            description = "stack with the settings (${DEFAULT-VALUE})")
    private String stack;

    @Option(
            names = "--base",
            defaultValue = "main",
            paramLabel = "REVISION",
            description = "revision to compare with (${DEFAULT-VALUE})")
    private String base;

    @Option(names = "--deployed", description = "compare with the stack deployed on AWS instead of a revision")
    private boolean deployed;

    @Option(names = "--output", paramLabel = "FILE", description = "write to this file instead of standard output")
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
                var temporaryStack = EphemeralStack.of(stack)) {
            System.err.printf("deploying %s, the base, to a local AWS%n", revision.shortCommit());
            var words = "`%s`, deployed to a local AWS".formatted(revision.shortCommit());
            try {
                temporaryStack.deploy(revision.folder());
            } catch (CommandFailure e) {
                System.err.println(e.getMessage());
                words = "nothing, because `%s` cannot be deployed".formatted(revision.shortCommit());
            }
            System.err.println("previewing this revision");
            var preview = temporaryStack.preview();
            var up = preview.errors().isEmpty() ? temporaryStack.up() : preview;
            return result(stack, words, preview, up);
        }
    }

    private Result againstAws() throws Exception {
        var preview = StackUpdate.of(PulumiStacks.previewDeployed(stack));
        return result(stack + ".deployed", "the stack deployed on AWS", preview, preview);
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
