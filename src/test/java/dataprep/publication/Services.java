package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The services that a definition calls, on numbered stores, with cached calls. */
final class Services {
    /** The store after a call, and the call's result. */
    record Effect(Store store, CallResult outcome) {
        static Effect failed(Store store, String error, String cause) {
            return new Effect(store, CallResult.failed(error, cause));
        }
    }

    /** An effect by numbers. */
    record Result(int store, int outcome) {}

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final CallResult NOTHING = CallResult.of(JSON.objectNode());

    private final ModelS3 s3;
    private final ModelCatalog catalog;
    final Interned<Store> stores = new Interned<>(store -> store);
    final Interned<Request> requests =
            new Interned<>(request -> request.action() + request.attempt() + Interned.canonical(request.arguments()));
    final Interned<CallResult> outcomes = new Interned<>(CallResult::form);
    private final Map<Long, Result> results = new HashMap<>();

    Services(ModelS3 s3, ModelCatalog catalog) {
        this.s3 = s3;
        this.catalog = catalog;
    }

    /**
     * @param others all executions by name, as DescribeExecution responses
     */
    Result call(int store, Call call, Supplier<Map<String, JsonNode>> others) {
        var action = call.request().action();
        if (call.request().isWait()) {
            return new Result(store, outcomes.number(NOTHING));
        }
        if (action.equals("sfn:describeExecution")) {
            return new Result(store, outcomes.number(describe(call.request(), others.get())));
        }
        return call(store, call.number());
    }

    Result call(int store, int request) {
        return results.computeIfAbsent((long) store << 32 | request, key -> {
            var effect = effect(stores.value(store), requests.value(request));
            return new Result(stores.number(effect.store()), outcomes.number(effect.outcome()));
        });
    }

    private Effect effect(Store store, Request request) {
        var action = request.action().split(":");
        return switch (action[0]) {
            case "s3" -> s3.call(store, action[1], request);
            case "lambda" -> ModelPipeline.extract(store, request);
            case "glue" ->
                action[1].equals("startJobRun.sync")
                        ? ModelTable.isExpiry(request)
                                ? ModelTable.expire(store, request)
                                : ModelPipeline.transform(store, request)
                        : catalog.call(store, action[1], request);
            // a list is eventually consistent: new runs may be missing
            case "sfn" -> new Effect(store, CallResult.of(JSON.objectNode().set("Executions", JSON.arrayNode())));
            case "sns", "events", "cloudwatch" -> new Effect(store, NOTHING);
            default -> throw new UnsupportedOperationException(request.action() + " is not modelled");
        };
    }

    private static CallResult describe(Request request, Map<String, JsonNode> others) {
        var described = others.get(ModelExecution.nameOf(request.text("ExecutionArn")));
        return described == null
                ? CallResult.failed("Sfn.ExecutionDoesNotExistException", "no such execution")
                : CallResult.of(described);
    }

    /** The error of a service that fails before the effect. */
    static String transientError(Request request) {
        return switch (request.action().split(":")[0]) {
            case "s3" -> ModelS3.TRANSIENT;
            case "glue" -> ModelCatalog.TRANSIENT;
            case "sfn" -> "Sfn.SfnException";
            case "lambda" -> "Lambda.ServiceException";
            default -> "States.TaskFailed";
        };
    }

    /** The error of a call with an effect but a lost response. */
    static String lostAnswer(Request request) {
        return switch (request.action().split(":")[0]) {
            case "s3" -> ModelS3.LOST;
            case "glue" -> ModelCatalog.LOST;
            case "lambda" -> "Lambda.SdkClientException";
            default -> "States.TaskFailed";
        };
    }
}
