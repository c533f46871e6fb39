package dataprep.cli.changes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The comment of a pull request that describes its changes.
 *
 * <p>The pull request is found by GitHub's data about the commit, not by data from its code.
 *
 * @see <a href="https://docs.github.com/rest/issues/comments">Comments</a>
 */
public final class PullRequestComment {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");
    private static final String AUTHOR = "github-actions[bot]";
    private static final int PAGE = 100;

    private final URI api;
    private final String repository;
    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param repository as owner/name */
    public PullRequestComment(URI api, String repository, String token) {
        this.api = api;
        this.repository = repository;
        this.token = token;
    }

    /**
     * Creates the comment or updates sections of the existing one.
     *
     * @param sections texts by section name
     * @param head of the pull request, as owner:branch
     * @param commit at the head; the results of an older commit are ignored
     * @return the comment's address; empty if there is no such pull request
     * @throws IOException if GitHub refuses
     */
    public Optional<String> leave(Map<String, String> sections, String head, String commit)
            throws IOException, InterruptedException {
        if (!COMMIT.matcher(commit).matches()) {
            throw new IllegalArgumentException("commit: invalid value '%s'; must be a SHA".formatted(commit));
        }
        var number = pullRequest(head, commit);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        var earlier = earlier(number.get());
        var before = earlier.map(comment -> comment.path("body").asText()).orElse("");
        var body = JSON.createObjectNode().put("body", CommentBody.of(before, sections, commit));
        var answer = earlier.isPresent()
                ? call("PATCH", "issues/comments/" + earlier.get().path("id").asLong(), body)
                : call("POST", "issues/%d/comments".formatted(number.get()), body);
        return Optional.of(answer.path("html_url").asText());
    }

    private Optional<Long> pullRequest(String head, String commit) throws IOException, InterruptedException {
        var query = "pulls?state=open&head=" + URLEncoder.encode(head, StandardCharsets.UTF_8);
        var found = call("GET", query, null);
        return StreamSupport.stream(found.spliterator(), false)
                .filter(pull -> pull.at("/head/sha").asText().equals(commit))
                .map(pull -> pull.path("number").asLong())
                .findFirst();
    }

    private Optional<JsonNode> earlier(long number) throws IOException, InterruptedException {
        for (int page = 1; ; page++) {
            var comments = call("GET", "issues/%d/comments?per_page=%d&page=%d".formatted(number, PAGE, page), null);
            for (var comment : comments) {
                if (comment.at("/user/login").asText().equals(AUTHOR)
                        && comment.path("body").asText().startsWith(CommentBody.MARKER)) {
                    return Optional.of(comment);
                }
            }
            if (comments.size() < PAGE) {
                return Optional.empty();
            }
        }
    }

    private JsonNode call(String method, String path, JsonNode body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("%s/repos/%s/%s".formatted(api, repository, path)))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException("GitHub answers %s %s with %d: %s"
                    .formatted(method, path, response.statusCode(), message(response.body())));
        }
        return JSON.readTree(response.body());
    }

    private static String message(String body) {
        try {
            return JSON.readTree(body).path("message").asText();
        } catch (IOException e) {
            return "no reason";
        }
    }
}
