package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** A catcher: where to go when a state failed for good, and what to keep of the error. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Catch(
        @JsonProperty("Comment") String comment,
        @JsonProperty("ErrorEquals") List<String> errors,
        @JsonUnwrapped Exit exit)
        implements Continuing<Catch> {

    /** Catches errors by name: a reserved one of {@link Errors}, a service's, or that of an exception class. */
    public static Catch on(String... errors) {
        return new Catch(null, List.of(errors), Exit.NOWHERE);
    }

    /** Catches every error that can be caught. */
    public static Catch all() {
        return on(Errors.ALL);
    }

    public Catch comment(String text) {
        return new Catch(text, errors, exit);
    }

    @Override
    public Catch exit(Exit to) {
        return new Catch(comment, errors, to);
    }

    Edge edge(String prefix) {
        String label = errors.equals(List.of(Errors.ALL)) ? "any error" : String.join(", ", errors);
        return new Edge(prefix + "Next", exit.next(), Edge.Kind.CATCH, label, exit.assigned());
    }
}
