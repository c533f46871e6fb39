package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The data of Step Functions about one execution.
 *
 * @param earlier whether it ended long before the runs of the model; its name may then be reused
 * @param status from DescribeExecution, or {@link #NEW} before its start
 * @param messaged whether the topic has received a message of it
 * @param frame its position; null before its start and after its end
 * @param output of a successful execution, otherwise null
 */
record ModelExecution(
        String name,
        boolean earlier,
        JsonNode input,
        String status,
        int redrives,
        boolean messaged,
        Frame frame,
        JsonNode output) {
    static final String NEW = "NEW";
    static final String RUNNING = "RUNNING";
    static final String SUCCEEDED = "SUCCEEDED";
    static final String FAILED = "FAILED";
    static final String ABORTED = "ABORTED";

    /** The start time of executions whose names may be reused. */
    private static final String LONG_BEFORE = "2025-01-01T00:00:00.000Z";

    private static final String ARN = "arn:aws:states:us-east-1:123456789012:execution:state-machine:";

    static ModelExecution create(String name, JsonNode input) {
        return new ModelExecution(name, false, input, NEW, 0, false, null, null);
    }

    /** An execution that ended long before the runs of the model. */
    static ModelExecution createEarlier(String name) {
        return new ModelExecution(name, true, JsonNodeFactory.instance.objectNode(), NEW, 0, false, null, null);
    }

    static String arn(String name) {
        return ARN + name;
    }

    /** The last part of an ARN. */
    static String nameOf(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    ModelExecution withStatus(String to) {
        return new ModelExecution(name, earlier, input, to, redrives, messaged, frame, output);
    }

    ModelExecution withoutFrame() {
        return new ModelExecution(name, earlier, input, status, redrives, messaged, null, output);
    }

    ModelExecution hasMessaged() {
        return new ModelExecution(name, earlier, input, status, redrives, true, frame, output);
    }

    ModelExecution redriven() {
        return new ModelExecution(name, earlier, input, RUNNING, redrives + 1, messaged, frame.copy(), null);
    }

    /** The execution at a frame from the interpreter. */
    ModelExecution at(Frame reached) {
        if (reached.output != null) {
            return new ModelExecution(name, earlier, input, SUCCEEDED, redrives, messaged, null, reached.output);
        }
        return new ModelExecution(
                name, earlier, input, reached.failure == null ? RUNNING : FAILED, redrives, messaged, reached, null);
    }

    boolean isOver() {
        return !status.equals(NEW) && !status.equals(RUNNING);
    }

    /** The response of DescribeExecution. */
    ObjectNode describe(int index) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("ExecutionArn", arn(name)).put("Name", name).put("Status", status);
        json.put("StartDate", Clock.now()).put("Input", input.toString());
        return isOver() ? json.put("StopDate", Clock.stopped(index, redrives)) : json;
    }

    /** The context object. */
    ObjectNode context() {
        var context = JsonNodeFactory.instance.objectNode();
        var execution = context.putObject("Execution");
        execution
                .put("Id", arn(name))
                .put("Name", name)
                .put("StartTime", earlier ? LONG_BEFORE : Clock.now())
                .put("RedriveCount", redrives);
        execution.set("Input", input);
        return context;
    }

    /** The key that distinguishes states of an execution. */
    ObjectNode toJson() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("name", name)
                .put("earlier", earlier)
                .put("status", status)
                .put("redrives", redrives)
                .put("messaged", messaged);
        json.set("input", input);
        if (frame != null) {
            json.set("frame", frame.toJson());
        }
        return output == null ? json : json.set("output", output);
    }
}
