package dataprep.iam;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A policy or trust document as a value, with deterministic JSON. */
@JsonPropertyOrder({"Version", "Statement"})
public record PolicyDocument(@JsonProperty("Statement") List<Statement> statements) {

    /**
     * IAM's size limit of a managed policy in characters, without white space.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">Quotas of IAM</a>
     */
    public static final int MANAGED_POLICY_CHARACTERS = 6_144;

    private static final JsonMapper MAPPER = new JsonMapper();

    public PolicyDocument {
        Set<String> sids = new HashSet<>();
        for (Statement statement : statements) {
            if (statement.resources().isEmpty() && statement.principals().isEmpty()) {
                throw new IllegalArgumentException("statement on " + statement.actions()
                        + " has neither a resource nor a principal; must have one of them");
            }
            if (statement.sid() != null && !sids.add(statement.sid())) {
                throw new IllegalArgumentException("sid '" + statement.sid() + "' is used by two statements");
            }
        }
    }

    public static PolicyDocument of(Statement... statements) {
        return of(List.of(statements));
    }

    /** Merges the actions of statements that agree in everything else, in the order in which they first appear. */
    public static PolicyDocument of(Collection<Statement> statements) {
        Map<List<Object>, Statement> merged = new LinkedHashMap<>();
        for (Statement statement : statements) {
            merged.merge(allButActions(statement), statement, (one, other) -> one.and(other.actions()));
        }
        return new PolicyDocument(List.copyOf(merged.values()));
    }

    /** The trust document for services whose requests have no source account. */
    public static PolicyDocument trust(String service) {
        return of(assumeRole(service));
    }

    /**
     * The trust document of a role that a service may assume on behalf of one account only.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html">The confused deputy</a>
     */
    public static PolicyDocument trust(String service, String accountId) {
        return of(assumeRole(service).when("StringEquals", "aws:SourceAccount", accountId));
    }

    /** The document as AWS accepts it, without white space. */
    public String toJson() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("policy document cannot be written as JSON: " + this, e);
        }
    }

    @JsonProperty("Version")
    String version() {
        return "2012-10-17";
    }

    private static Statement assumeRole(String service) {
        return Statement.allow("sts:AssumeRole").byService(service);
    }

    private static List<Object> allButActions(Statement statement) {
        return Arrays.asList(
                statement.sid(),
                statement.effect(),
                statement.principals(),
                statement.resources(),
                statement.conditions());
    }
}
