package dataprep.cli.acceptance;

import dataprep.asl.StateMachine;
import dataprep.cli.run.Execution;
import software.amazon.awssdk.services.sfn.SfnClient;

/** A temporary state machine with the role of the stack's state machine; closing deletes it. */
record TemporaryStateMachine(SfnClient stepFunctions, String arn) implements AutoCloseable {

    static TemporaryStateMachine create(AcceptanceStack stack, String name, StateMachine definition) {
        var stepFunctions = stack.aws().stepFunctions();
        var role = stepFunctions
                .describeStateMachine(request -> request.stateMachineArn(stack.output("state_machine_arn")))
                .roleArn();
        var arn = stepFunctions
                .createStateMachine(request ->
                        request.name(name).definition(definition.toJson()).roleArn(role))
                .stateMachineArn();
        return new TemporaryStateMachine(stepFunctions, arn);
    }

    Execution start() {
        return Execution.start(stepFunctions, arn, "{}");
    }

    @Override
    public void close() {
        stepFunctions.deleteStateMachine(request -> request.stateMachineArn(arn));
    }
}
