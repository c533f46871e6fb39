package dataprep.iam;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One statement of a policy: effect, principals, actions, resources and conditions.
 *
 * @param principals the values of each principal type ({@code Service}, {@code AWS}); empty in an identity policy
 * @param conditions the values of each condition operator and key
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"Sid", "Effect", "Principal", "Action", "Resource", "Condition"})
public record Statement(
        @JsonProperty("Sid") String sid,
        @JsonProperty("Effect") Effect effect,
        @JsonIgnore SortedMap<String, SortedSet<String>> principals,
        @JsonProperty("Action") SortedSet<String> actions,
        @JsonProperty("Resource") SortedSet<String> resources,
        @JsonProperty("Condition") SortedMap<String, SortedMap<String, SortedSet<String>>> conditions) {

    private static final SortedMap<String, SortedSet<String>> ANYONE =
            new TreeMap<>(Map.of("AWS", new TreeSet<>(List.of("*"))));

    /** Whether a statement allows or denies. */
    public enum Effect {
        @JsonProperty("Allow")
        ALLOW,
        @JsonProperty("Deny")
        DENY
    }

    public Statement {
        if (actions.isEmpty()) {
            throw new IllegalArgumentException("a statement must have at least one action");
        }
        if (sid != null && !sid.matches("[A-Za-z0-9]+")) {
            throw new IllegalArgumentException("sid '" + sid + "' is not allowed: letters and digits only");
        }
        principals = frozen(principals);
        actions = Collections.unmodifiableSortedSet(new TreeSet<>(actions));
        resources = Collections.unmodifiableSortedSet(new TreeSet<>(resources));
        SortedMap<String, SortedMap<String, SortedSet<String>>> copy = new TreeMap<>();
        conditions.forEach((operator, keys) -> copy.put(operator, frozen(keys)));
        conditions = Collections.unmodifiableSortedMap(copy);
    }

    /** Starts a statement that allows actions such as {@code s3:GetObject}. */
    public static Statement allow(String... actions) {
        return of(Effect.ALLOW, actions);
    }

    /** Starts a statement that denies actions such as {@code s3:*}. */
    public static Statement deny(String... actions) {
        return of(Effect.DENY, actions);
    }

    /** Adds resources, each an ARN or {@code *}. */
    public Statement on(String... arns) {
        return new Statement(sid, effect, principals, actions, union(resources, List.of(arns)), conditions);
    }

    /** Adds a condition, such as {@code when("StringEquals", "aws:SourceAccount", account)}. */
    public Statement when(String operator, String key, String... values) {
        SortedMap<String, SortedMap<String, SortedSet<String>>> all = new TreeMap<>(conditions);
        SortedMap<String, SortedSet<String>> keys = new TreeMap<>(all.getOrDefault(operator, new TreeMap<>()));
        keys.put(key, new TreeSet<>(List.of(values)));
        all.put(operator, keys);
        return new Statement(sid, effect, principals, actions, resources, all);
    }

    /** Adds AWS services, such as {@code lambda.amazonaws.com}, as principals of a trust or resource policy. */
    public Statement byService(String... services) {
        return by("Service", services);
    }

    /** Adds accounts or roles, by ARN, as principals of a trust or resource policy. */
    public Statement byArn(String... arns) {
        return by("AWS", arns);
    }

    /** Sets the principal to {@code *}, everyone, in a resource policy. */
    public Statement byAnyone() {
        return new Statement(sid, effect, ANYONE, actions, resources, conditions);
    }

    /** Sets the Sid; letters and digits only. */
    public Statement sid(String id) {
        return new Statement(id, effect, principals, actions, resources, conditions);
    }

    /** Adds actions. */
    public Statement and(Collection<String> more) {
        return new Statement(sid, effect, principals, union(actions, more), resources, conditions);
    }

    @JsonProperty("Principal")
    Object principal() {
        return principals.equals(ANYONE) ? "*" : principals;
    }

    private Statement by(String kind, String... values) {
        SortedMap<String, SortedSet<String>> all = new TreeMap<>(principals);
        all.put(kind, new TreeSet<>(List.of(values)));
        return new Statement(sid, effect, all, actions, resources, conditions);
    }

    private static Statement of(Effect effect, String... actions) {
        return new Statement(
                null, effect, new TreeMap<>(), new TreeSet<>(List.of(actions)), new TreeSet<>(), new TreeMap<>());
    }

    private static SortedSet<String> union(SortedSet<String> some, Collection<String> more) {
        SortedSet<String> all = new TreeSet<>(some);
        all.addAll(more);
        return all;
    }

    private static SortedMap<String, SortedSet<String>> frozen(SortedMap<String, SortedSet<String>> values) {
        SortedMap<String, SortedSet<String>> copy = new TreeMap<>();
        values.forEach((key, set) -> copy.put(key, Collections.unmodifiableSortedSet(new TreeSet<>(set))));
        return Collections.unmodifiableSortedMap(copy);
    }
}
