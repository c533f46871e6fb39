package dataprep.failures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.cli.local.LocalAws;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The clients with administrator credentials of a local AWS, and its fault API. */
public final class Aws implements AutoCloseable {
    private static final long LOOK_AGAIN_MILLIS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalAws.Endpoint endpoint;
    private final HttpClient http = HttpClient.newHttpClient();
    final S3Client s3;
    final SfnClient stepFunctions;
    final GlueClient glue;
    final IamClient iam;
    final LambdaClient lambda;
    final SnsClient sns;
    final SqsClient sqs;

    public Aws(LocalAws.Endpoint endpoint) {
        this.endpoint = endpoint;
        this.s3 = endpoint.client(S3Client.builder().forcePathStyle(true));
        this.stepFunctions = endpoint.client(SfnClient.builder());
        this.glue = endpoint.client(GlueClient.builder());
        this.iam = endpoint.client(IamClient.builder());
        this.lambda = endpoint.client(LambdaClient.builder());
        this.sns = endpoint.client(SnsClient.builder());
        this.sqs = endpoint.client(SqsClient.builder());
    }

    /** Replaces the faults; retries wait for a thousandth of their time. */
    public void faults(List<Map<String, Object>> faults, Map<String, Double> timeouts) throws Exception {
        call("PUT", Map.of("faults", faults, "retry_waits", 0.001, "timeouts", timeouts));
    }

    /** Removes all faults; retries wait for their full time. */
    void realWaits() throws Exception {
        call("PUT", Map.of());
    }

    void noFaults() throws Exception {
        faults(List.of(), Map.of());
    }

    /** Removes all faults and waits until the delayed calls have ended. */
    public void endFaults() throws Exception {
        noFaults();
        while (call("GET", Map.of()).path("held").asInt() > 0) {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    /** The number of calls that each fault has hit, in order. */
    public List<Integer> fired() throws Exception {
        return call("GET", Map.of()).path("faults").findValuesAsText("fired").stream()
                .map(Integer::valueOf)
                .toList();
    }

    private JsonNode call(String method, Object document) throws Exception {
        var body = JSON.writeValueAsString(document);
        var unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(method))
                .uri(endpoint.aws().resolve("/_faults"))
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(
                                AwsCredentialsIdentity.create(endpoint.accessKeyId(), endpoint.secretAccessKey()))
                        .request(unsigned)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "faults")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, endpoint.region()));
        var request = HttpRequest.newBuilder(signed.request().getUri())
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        signed.request().forEachHeader((name, values) -> {
            if (!name.equals("Host")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.body());
        }
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        List.of(s3, stepFunctions, glue, iam, lambda, sns, sqs).forEach(SdkClient::close);
    }
}
