package dataprep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.core.Output;
import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import dataprep.settings.PipelineSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The stack on Pulumi's mock engine, with all registered resources. */
public final class RecordedStack implements Mocks {
    public static final String ACCOUNT = "123456789012";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<List<Object>, RecordedStack> DEPLOYED = new ConcurrentHashMap<>();

    /** A registered resource with its inputs. */
    public record Registered(String type, String name, Map<String, Object> inputs) {
        public JsonNode json(String input) {
            try {
                return JSON.readTree(inputs.get(input).toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The statements of a policy resource. */
        public List<JsonNode> statements() {
            return json("policy").path("Statement").valueStream().toList();
        }
    }

    private final String partition;
    private final String region;
    private final List<Registered> resources = new CopyOnWriteArrayList<>();
    private Map<String, Output<?>> outputs = Map.of();

    public RecordedStack() {
        this("aws", "eu-central-1");
    }

    private RecordedStack(String partition, String region) {
        this.partition = partition;
        this.region = region;
    }

    /** The stack with these settings, deployed once for all tests. */
    public static RecordedStack deploy(PipelineSettings settings) {
        return deploy(settings, "aws", "eu-central-1");
    }

    /** The stack in a region of one of AWS's partitions. */
    public static RecordedStack deploy(PipelineSettings settings, String partition, String region) {
        return DEPLOYED.computeIfAbsent(
                List.of(settings, partition, region), key -> deployed(settings, partition, region));
    }

    private static RecordedStack deployed(PipelineSettings settings, String partition, String region) {
        var stack = new RecordedStack(partition, region);
        try {
            stack.outputs = PulumiTest.withMocks(stack)
                    .withOptions(TestOptions.builder().preview(false).build())
                    .runTest(ctx -> App.deploy(ctx, settings))
                    .throwOnError()
                    .outputs();
        } finally {
            PulumiTest.cleanup();
        }
        return stack;
    }

    public List<Registered> resources() {
        return resources;
    }

    public List<Registered> ofType(String type) {
        return resources.stream()
                .filter(resource -> resource.type().equals(type))
                .toList();
    }

    public Registered named(String type, String name) {
        return ofType(type).stream()
                .filter(resource -> resource.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " named " + name));
    }

    public Object output(String name) {
        return PulumiTest.extractValue(outputs.get(name));
    }

    public Map<String, Output<?>> outputs() {
        return outputs;
    }

    @Override
    public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
        resources.add(new Registered(args.type, args.name, args.inputs));
        var state = new HashMap<>(args.inputs);
        state.putIfAbsent("name", args.name);
        state.putIfAbsent("bucket", args.name.toLowerCase());
        state.put("arn", arn(args));
        if (Boolean.TRUE.equals(args.inputs.get("publish"))) {
            state.put("stateMachineVersionArn", arn(args) + ":7");
        }
        return CompletableFuture.completedFuture(ResourceResult.of(Optional.of(args.name + "-id"), state));
    }

    @Override
    public CompletableFuture<Map<String, Object>> callAsync(CallArgs args) {
        return CompletableFuture.completedFuture(
                Map.of("accountId", ACCOUNT, "partition", partition, "name", region, "id", "x", "region", region));
    }

    private String arn(ResourceArgs args) {
        var service = args.type.substring(
                args.type.indexOf(':') + 1, args.type.indexOf('/') < 0 ? args.type.length() : args.type.indexOf('/'));
        return service.equals("sfn")
                ? "arn:%s:states:%s:%s:stateMachine:%s".formatted(partition, region, ACCOUNT, args.name)
                : "arn:%s:%s:%s:%s:%s".formatted(partition, service, region, ACCOUNT, args.name);
    }
}
