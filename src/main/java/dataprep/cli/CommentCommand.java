package dataprep.cli;

import dataprep.changes.PullRequestComment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "comment",
        description = {
            "Leaves what `preview` wrote as a comment on a pull request, or updates the one that is there.",
            "The text may come from a fork: it is posted as text, to the pull request of the given commit only. The token"
                    + " is GITHUB_TOKEN of the environment; it needs to write pull requests."
        },
        footerHeading = "%nExamples%n",
        footer = "  dataprep comment --folder target/comments --repository owner/name --head owner:branch --commit SHA")
final class CommentCommand implements Callable<Integer> {
    @Option(
            names = "--folder",
            required = true,
            defaultValue = "${env:COMMENTS}",
            paramLabel = "FOLDER",
            description = "with a file for each comment; COMMENTS of the environment")
    private Path folder;

    @Option(
            names = "--repository",
            required = true,
            defaultValue = "${env:GITHUB_REPOSITORY}",
            paramLabel = "OWNER/NAME",
            description = "of the pull request; GITHUB_REPOSITORY of the environment")
    private String repository;

    @Option(
            names = "--head",
            required = true,
            defaultValue = "${env:PULL_REQUEST_HEAD}",
            paramLabel = "OWNER:BRANCH",
            description = "what is to be merged; PULL_REQUEST_HEAD of the environment")
    private String head;

    @Option(
            names = "--commit",
            required = true,
            defaultValue = "${env:PULL_REQUEST_COMMIT}",
            paramLabel = "SHA",
            description = "what was previewed; PULL_REQUEST_COMMIT of the environment")
    private String commit;

    @Option(
            names = "--api",
            defaultValue = "${env:GITHUB_API_URL:-https://api.github.com}",
            paramLabel = "URL",
            description = "GitHub's API; GITHUB_API_URL of the environment")
    private URI api;

    @Override
    public Integer call() throws Exception {
        var token = System.getenv("GITHUB_TOKEN");
        if (token == null || token.isEmpty()) {
            throw CommandFailure.usage("GITHUB_TOKEN: got nothing, allowed is a token that may write pull requests");
        }
        var comment = new PullRequestComment(api, repository, token);
        for (var file : files()) {
            var place = comment.leave(Files.readString(file), head, commit);
            System.out.println(place.orElse("no open pull request has that commit at its head"));
        }
        return ExitCodes.OK;
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
