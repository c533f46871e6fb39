package dataprep.cli.command;

import dataprep.cli.changes.PullRequestComment;
import dataprep.cli.exit.CommandFailure;
import dataprep.cli.exit.ExitCodes;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "comment",
        description = {
            "Posts the output of `preview` as one comment on a pull request, or updates the existing comment.",
            "The text may come from a fork: it is posted as untrusted text, labelled as such, to the pull request"
                    + " of the given commit only. The environment variable GITHUB_TOKEN has the token, which must be"
                    + " able to write pull requests."
        },
        footerHeading = "%nExamples%n",
        footer = "  dataprep comment --folder target/comments --repository owner/name --head owner:branch --commit SHA")
public final class CommentCommand implements Callable<Integer> {
    /** One section for the preview on a local AWS, one for the preview on AWS. */
    private static final int MOST_FILES = 2;
    /** The bytes of GitHub's maximum number of characters, at four bytes each. */
    private static final int MOST_BYTES = 262_144;

    @Option(
            names = "--folder",
            required = true,
            defaultValue = "${env:COMMENTS}",
            paramLabel = "FOLDER",
            description = "folder with a file for each section, at most two (default: $COMMENTS)")
    private Path folder;

    @Option(
            names = "--repository",
            required = true,
            defaultValue = "${env:GITHUB_REPOSITORY}",
            paramLabel = "OWNER/NAME",
            description = "repository of the pull request (default: $GITHUB_REPOSITORY)")
    private String repository;

    @Option(
            names = "--head",
            required = true,
            defaultValue = "${env:PULL_REQUEST_HEAD}",
            paramLabel = "OWNER:BRANCH",
            description = "head of the pull request (default: $PULL_REQUEST_HEAD)")
    private String head;

    @Option(
            names = "--commit",
            required = true,
            defaultValue = "${env:PULL_REQUEST_COMMIT}",
            paramLabel = "SHA",
            description = "previewed commit (default: $PULL_REQUEST_COMMIT)")
    private String commit;

    @Option(
            names = "--api",
            defaultValue = "${env:GITHUB_API_URL:-https://api.github.com}",
            paramLabel = "URL",
            description = "URL of GitHub's API (default: $GITHUB_API_URL)")
    private URI api;

    @Override
    public Integer call() throws Exception {
        var token = System.getenv("GITHUB_TOKEN");
        if (token == null || token.isEmpty()) {
            throw CommandFailure.usage("GITHUB_TOKEN: is missing; must be a token with write access to pull requests");
        }
        var sections = sections(folder);
        if (sections.isEmpty()) {
            System.out.println("Nothing to post: no files in " + folder);
            return ExitCodes.OK;
        }
        var place = new PullRequestComment(api, repository, token).leave(sections, head, commit);
        System.out.println(place.orElse("no open pull request has this commit as its head"));
        return ExitCodes.OK;
    }

    /** The contents of the files by name; the pull request's code wrote both. */
    static SortedMap<String, String> sections(Path folder) throws IOException {
        var sections = new TreeMap<String, String>();
        for (var file : files(folder)) {
            if (Files.size(file) > MOST_BYTES) {
                throw CommandFailure.usage("%s: invalid size %,d bytes; must be at most %,d"
                        .formatted(file.getFileName(), Files.size(file), MOST_BYTES));
            }
            var name = file.getFileName().toString().replaceFirst("\\.md$", "");
            sections.put(name, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        }
        return sections;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            var found = files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .limit(MOST_FILES + 1)
                    .sorted()
                    .toList();
            if (found.size() > MOST_FILES) {
                throw CommandFailure.usage(
                        "%s: invalid number of files; must be at most %d".formatted(folder, MOST_FILES));
            }
            return found;
        }
    }
}
