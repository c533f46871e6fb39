package dataprep.components;

import com.pulumi.aws.glue.Connection;
import com.pulumi.aws.glue.ConnectionArgs;
import com.pulumi.aws.glue.inputs.ConnectionPhysicalConnectionRequirementsArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dataprep.settings.DatabaseNetwork;
import java.util.List;
import java.util.Map;

/** The Glue connection that places the job's workers in a network, from which they reach databases. */
final class DatabaseConnection {
    private final Connection connection;

    DatabaseConnection(DatabaseNetwork network, Resource parent) {
        this.connection = new Connection(
                "databaseNetwork",
                ConnectionArgs.builder()
                        .description("The network of the databases that the data preparation reads")
                        .connectionType("NETWORK")
                        .connectionProperties(Map.of())
                        .physicalConnectionRequirements(ConnectionPhysicalConnectionRequirementsArgs.builder()
                                .subnetId(network.subnet())
                                .securityGroupIdLists(network.securityGroups())
                                .availabilityZone(network.availabilityZone())
                                .build())
                        .build(),
                CustomResourceOptions.builder().parent(parent).build());
    }

    Output<List<String>> names() {
        return connection.name().applyValue(List::of);
    }
}
