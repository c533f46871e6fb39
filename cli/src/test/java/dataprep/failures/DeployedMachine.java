package dataprep.failures;

/** The deployed state machine. */
record DeployedMachine(Aws aws, String arn) {

    String definition() {
        return aws.stepFunctions
                .describeStateMachine(request -> request.stateMachineArn(arn))
                .definition();
    }

    String definitionOf(String execution) {
        return aws.stepFunctions
                .describeStateMachineForExecution(request -> request.executionArn(execution))
                .definition();
    }

    /** Sets the definition for executions that start later. */
    void define(String definition) {
        aws.stepFunctions.updateStateMachine(
                request -> request.stateMachineArn(arn).definition(definition));
    }

    /** Updates the state machine with its current definition and role. */
    void defineWithItsRole() {
        var machine = aws.stepFunctions.describeStateMachine(request -> request.stateMachineArn(arn));
        aws.stepFunctions.updateStateMachine(request -> request.stateMachineArn(machine.stateMachineArn())
                .definition(machine.definition())
                .roleArn(machine.roleArn()));
    }
}
