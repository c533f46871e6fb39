package dataprep.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * The network through which the job reaches databases.
 *
 * @param subnet its id
 * @param securityGroups their ids
 * @param availabilityZone of the subnet
 * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/glue-connections.html">Glue connections</a>
 */
public record DatabaseNetwork(
        @JsonProperty("subnet") String subnet,
        @JsonProperty("securityGroups") List<String> securityGroups,
        @JsonProperty("availabilityZone") String availabilityZone) {
    private static final String KEY = "databaseNetwork";
    private static final String SHAPE = "an object {subnet, securityGroups, availabilityZone} or unset";

    /** The network; empty if it is unset. */
    static Optional<DatabaseNetwork> from(SettingsReader reader, List<DatasetSettings> datasets) {
        var found = reader.object(KEY, DatabaseNetwork.class, SHAPE);
        found.ifPresent(network -> network.check(reader));
        if (found.isPresent()
                && datasets.stream()
                        .flatMap(dataset -> dataset.sources().stream())
                        .noneMatch(Source::isDatabase)) {
            reader.refuse(KEY, reader.text(KEY), "unset without a source in a database");
        }
        return found;
    }

    private void check(SettingsReader reader) {
        if (subnet == null || !subnet.matches("subnet-[0-9a-z]+")) {
            reader.refuse(KEY + ".subnet", subnet, "the id of a subnet");
        }
        if (availabilityZone == null || !availabilityZone.matches("[a-z0-9-]+")) {
            reader.refuse(KEY + ".availabilityZone", availabilityZone, "the name of an availability zone");
        }
        if (securityGroups == null
                || securityGroups.isEmpty()
                || !securityGroups.stream().allMatch(group -> group != null && group.matches("sg-[0-9a-z]+"))) {
            reader.refuse(KEY + ".securityGroups", securityGroups, "a list of ids of security groups");
        }
    }
}
