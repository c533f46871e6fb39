package dataprep.cli.run;

import dataprep.cli.local.LocalAws;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The AWS clients of the command line, for the local AWS or for the account of a stack. */
public record AwsClients(SfnClient stepFunctions, S3Client s3, CloudWatchLogsClient logs) implements AutoCloseable {

    public static AwsClients local(LocalAws.Endpoint endpoint) {
        return new AwsClients(
                endpoint.client(SfnClient.builder()),
                endpoint.client(S3Client.builder().forcePathStyle(true)),
                endpoint.client(CloudWatchLogsClient.builder()));
    }

    /** With the environment's credentials, in the region that the state machine's ARN names. */
    public static AwsClients cloud(String stateMachineArn) {
        var region = Region.of(stateMachineArn.split(":")[3]);
        return new AwsClients(
                SfnClient.builder().region(region).build(),
                S3Client.builder().region(region).build(),
                CloudWatchLogsClient.builder().region(region).build());
    }

    @Override
    public void close() {
        stepFunctions.close();
        s3.close();
        logs.close();
    }
}
